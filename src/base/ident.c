/* Identifiers that programs make up: UUIDs (random bytes from libuuid) and cuid2. */
#include <virga/types.h>
#include <string.h>
#include <uuid/uuid.h>

vg_uuid vg_uuid_v4(void)
{
    vg_uuid u;
    uuid_generate_random(u.bytes);
    return u;
}

/* RFC 9562, 5.7: 48 bits of Unix milliseconds, then the version, then random bits. */
vg_uuid vg_uuid_v7(void)
{
    vg_uuid u;
    uuid_generate_random(u.bytes);
    uint64_t ms = (uint64_t)(vg_now().us / 1000);
    for (int i = 0; i < 6; i++)
        u.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    u.bytes[6] = (uint8_t)((u.bytes[6] & 0x0f) | 0x70);
    return u;
}

/* The form of cuid2: a letter, then 23 of base 36. Bytes from 252 up are drawn again, so
 * that each of the 36 is as likely; 23 characters carry 118 bits. */
char *vg_cuid2(char out[25])
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    int n = 0;
    while (n < 24) {
        uuid_t random;
        uuid_generate_random(random);
        for (int i = 0; i < 16 && n < 24; i++) {
            int letters = n ? 36 : 26;
            if (i == 6 || i == 8 || random[i] >= 256 - 256 % letters)
                continue; /* version and variant bits are not random */
            out[n++] = alphabet[random[i] % letters];
        }
    }
    out[24] = 0;
    return out;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool vg_uuid_parse(const char *text, size_t len, vg_uuid *out)
{
    vg_uuid u;
    bool hyphens = len == 36;
    if (len != 32 && !hyphens)
        return false;
    size_t at = 0;
    for (int i = 0; i < 16; i++) {
        if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
            return false;
        int high = hex(text[at]), low = hex(text[at + 1]);
        if (high < 0 || low < 0)
            return false;
        u.bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    *out = u;
    return true;
}

char *vg_uuid_format(const vg_uuid *uuid, char out[37])
{
    uuid_unparse_lower(uuid->bytes, out);
    return out;
}
