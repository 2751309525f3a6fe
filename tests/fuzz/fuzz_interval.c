/* Intervals, times of day and points: whatever is read is written so that it is read as the
 * same, and any interval survives the way to text and back. */
#include "fuzz.h"
#include <virga/native.h>

static void check_interval(vg_interval v)
{
    char text[VG_INTERVAL_ROOM];
    vg_interval again;
    FUZZ_CHECK(vg_interval_format(v, text) == text && strlen(text) < sizeof text);
    if (v.us == INT64_MIN) /* one beyond what is read */
        return;
    FUZZ_CHECK(vg_interval_parse(text, strlen(text), &again));
    FUZZ_CHECK(memcmp(&v, &again, sizeof v) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    vg_interval v = {0, 0, 0};
    vg_daytime t, t_again;
    vg_point p, p_again;
    char room[VG_INTERVAL_ROOM];
    if (size >= sizeof v) {
        memcpy(&v, data, sizeof v);
        check_interval(v);
    }
    if (vg_interval_parse(text, size, &v))
        check_interval(v);
    if (vg_daytime_parse(text, size, &t)) {
        vg_daytime_format(t, true, room);
        FUZZ_CHECK(vg_daytime_parse(room, strlen(room), &t_again));
        FUZZ_CHECK(t.us == t_again.us && t.zone == t_again.zone);
    }
    if (vg_point_parse(text, size, &p)) {
        vg_point_format(p, room);
        FUZZ_CHECK(vg_point_parse(room, strlen(room), &p_again));
        FUZZ_CHECK(p.x != p.x || p.x == p_again.x);
        FUZZ_CHECK(p.y != p.y || p.y == p_again.y);
    }
    return 0;
}
