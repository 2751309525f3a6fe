/* UUIDs as text: 16 bytes survive the way to text and back, and what is read is written
 * in the one form that RFC 9562 gives it. */
#include "fuzz.h"
#include <ctype.h>
#include <virga/types.h>

/* The hexadecimal digits alone, in lower case. */
static size_t digits_of(const char *text, size_t len, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] != '-')
            out[n++] = (char)tolower((unsigned char)text[i]);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_uuid uuid, again, untouched;
    char text[37], given[36], written[36];
    memset(&untouched, 0xab, sizeof untouched);
    if (size >= sizeof uuid.bytes) {
        memcpy(uuid.bytes, data, sizeof uuid.bytes);
        FUZZ_CHECK(vg_uuid_format(&uuid, text) == text);
        FUZZ_CHECK(strlen(text) == 36);
        FUZZ_CHECK(vg_uuid_parse(text, 36, &again));
        FUZZ_CHECK(memcmp(&uuid, &again, sizeof uuid) == 0);
        FUZZ_CHECK(!vg_uuid_parse(text, 35, &again));
    }
    uuid = untouched;
    if (vg_uuid_parse((const char *)data, size, &uuid)) {
        FUZZ_CHECK(size == 32 || size == 36);
        vg_uuid_format(&uuid, text);
        FUZZ_CHECK(digits_of((const char *)data, size, given) == 32);
        FUZZ_CHECK(digits_of(text, 36, written) == 32);
        FUZZ_CHECK(memcmp(given, written, 32) == 0);
    } else {
        FUZZ_CHECK(memcmp(&uuid, &untouched, sizeof uuid) == 0);
    }
    return 0;
}
