#include <virga/virga.h>

static vg_value touched(char room[VG_DEFAULT_ROOM])
{
    (void)room;
    return vg_of_time(vg_now());
}
TABLE(t,
    COLUMN(id, UUID, PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v4)),
    COLUMN(at, TIMESTAMP, MODE(SECONDS), NOT_NULL, ON_UPDATE_FN(touched)))
SCHEMA(app, t)
