/* Times as text: whatever is read is written so that it is read as the same time, and
 * every 64-bit number of microseconds survives the way to text and back. */
#include "fuzz.h"
#include <virga/types.h>

static void check_round_trip(vg_timestamp t)
{
    char text[VG_TIMESTAMP_ROOM], day[VG_TIMESTAMP_ROOM];
    vg_timestamp again = {~t.us}, midnight;
    FUZZ_CHECK(vg_timestamp_format(t, text) == text);
    size_t len = strlen(text);
    FUZZ_CHECK(len >= 27 && len < sizeof text && text[len - 1] == 'Z');
    FUZZ_CHECK(vg_timestamp_parse(text, len, &again));
    FUZZ_CHECK(again.us == t.us);
    FUZZ_CHECK(vg_date_format(t, day) == day);
    FUZZ_CHECK(strncmp(text, day, strlen(day)) == 0 && text[strlen(day)] == 'T');
    /* Only midnight of the first day of all times is out of range. */
    if (vg_timestamp_parse(day, strlen(day), &midnight))
        FUZZ_CHECK(midnight.us <= t.us && t.us - midnight.us < INT64_C(86400000000));
    else
        FUZZ_CHECK(t.us < INT64_MIN + INT64_C(86400000000));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_timestamp t = {42};
    if (size >= sizeof t.us) {
        memcpy(&t.us, data, sizeof t.us);
        check_round_trip(t);
        t.us = 42;
    }
    if (vg_timestamp_parse((const char *)data, size, &t)) {
        FUZZ_CHECK(size >= strlen("2026-01-01"));
        check_round_trip(t);
    } else {
        FUZZ_CHECK(t.us == 42);
    }
    return 0;
}
