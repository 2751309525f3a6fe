/* Generators of numbers, booleans and times: which values, how many. */
#include "seed/prepare.h"

/* How large a whole number of the column may be. */
static int64_t most(const vg_column *c)
{
    return c->native == VG_NATIVE_SMALLINT || c->native == VG_NATIVE_SMALLSERIAL
               ? INT16_MAX
               : INT32_MAX;
}

void vgs_whole(vgs_preparing *p, int64_t min, int64_t max, uint64_t plain)
{
    vgs_gen *g = p->g;
    if (max < min) {
        vgs_refuse(p, "min is greater than max");
        return;
    }
    uint64_t total = (uint64_t)max - (uint64_t)min + 1;
    g->min = min;
    g->step = 1;
    vgs_has(g, plain, total ? total : UINT64_MAX - 1, 21);
    if (total >= UINT64_MAX - 1)
        g->total = g->plain = UINT64_MAX - 1;
}

void vgs_prepare_int(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(int);
    (void)g;
    if (o->min || o->max)
        vgs_whole(p, o->min, o->max, UINT64_MAX);
    else
        vgs_whole(p, 0, most(p->column->c), 1000);
}

void vgs_prepare_int_primary_key(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(int_primary_key);
    vgs_whole(p, o->first ? o->first : 1, INT64_MAX / 2, UINT64_MAX);
    g->plain = 0; /* in order */
}

void vgs_prepare_year(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(year);
    vgs_whole(p, o->min || o->max ? o->min : 1970, o->min || o->max ? o->max : 2025,
              UINT64_MAX);
    (void)g;
}

bool vgs_scaled(double d, int scale, int64_t *out)
{
    double x = d * (double)vgs_ten_to(scale);
    if (!(x > -9e15 && x < 9e15))
        return false;
    *out = (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
    return true;
}

void vgs_prepare_number(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(number);
    const vg_column *c = p->column->c;
    g->scale = o->digits < 0 ? 0 : o->digits ? o->digits : 2;
    bool said = o->min != 0 || o->max != 0;
    int64_t min = 0, max = 0;
    if (g->scale > 9)
        vgs_refuse(p, "at most 9 digits after the point");
    else if (!vgs_scaled(o->min, g->scale, &min) || !vgs_scaled(o->max, g->scale, &max))
        vgs_refuse(p, "min or max is too large");
    else if (said)
        vgs_whole(p, min, max, UINT64_MAX);
    else
        vgs_whole(p, 0, 1000 * (int64_t)vgs_ten_to(g->scale) - 1, UINT64_MAX);
    g->longest = 40;
    int places = (int)(c->args & 255), precision = (int)(c->args >> 8);
    if (vgs_type_of(c) != VG_TYPE_NUMERIC || !c->args || said || o->digits)
        return;
    /* What numeric(precision, scale) holds, if nobody says otherwise. */
    g->scale = places > 9 ? 9 : places;
    int digits = precision - places < 3 ? precision - places + g->scale : 3 + g->scale;
    vgs_whole(p, 0,
              (int64_t)vgs_ten_to(digits < 1    ? 1
                                  : digits > 15 ? 15
                                                : digits) -
                  1,
              UINT64_MAX);
    g->longest = 40;
}

void vgs_prepare_boolean(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(boolean);
    g->make = vgs_make_boolean;
    g->high = o->percent ? o->percent : 50;
    g->sums = vgs_alloc(p->plan, 1, sizeof *g->sums); /* it chooses by itself */
    vgs_has(g, 2, 2, 0);
    if (o->percent < 0 || o->percent > 100)
        vgs_refuse(p, "percent is not between 0 and 100");
}

/* ---- times ---- */

/* From day to day in steps of so many microseconds; text: what is written. */
static void span(vgs_preparing *p, const char *min, const char *max, int64_t step,
                 bool day)
{
    vgs_gen *g = p->g;
    vg_timestamp from = {0}, to = {0};
    min = min ? min : "2020-01-01";
    max = max ? max : "2025-12-31T23:59:59.999";
    g->make = vgs_make_time;
    g->high = day;
    if (!vg_timestamp_parse(min, strlen(min), &from) ||
        !vg_timestamp_parse(max, strlen(max), &to)) {
        vgs_refuse(p, "min or max is no time, such as \"2024-01-31T10:30:00\"");
        return;
    }
    if (to.us < from.us) {
        vgs_refuse(p, "min is later than max");
        return;
    }
    g->min = from.us;
    g->step = step;
    uint64_t total = (uint64_t)(to.us - from.us) / (uint64_t)step + 1;
    vgs_has(g, total, total, VG_TIMESTAMP_ROOM);
}

enum { MILLISECOND = 1000, SECOND = 1000000 };
static const int64_t DAY = 86400LL * SECOND;

void vgs_prepare_date(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(date);
    (void)g;
    span(p, o->min, o->max, DAY, true);
}

void vgs_prepare_timestamp(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(timestamp);
    (void)g;
    bool seconds = p->column->c->mode == VG_MODE_SECONDS;
    bool date = p->column->c->type == VG_TYPE_DATE;
    span(p, o->min, o->max, date ? DAY : seconds ? SECOND : MILLISECOND, false);
}

void vgs_prepare_datetime(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(datetime);
    (void)g;
    span(p, o->min, o->max, p->column->c->type == VG_TYPE_DATE ? DAY : SECOND, false);
}

void vgs_prepare_time(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(time);
    vg_daytime min = {0, 0}, max = {DAY - SECOND, 0};
    g->make = vgs_make_daytime;
    if ((o->min && !vg_daytime_parse(o->min, strlen(o->min), &min)) ||
        (o->max && !vg_daytime_parse(o->max, strlen(o->max), &max)) ||
        max.us < min.us) {
        vgs_refuse(p, "min or max is no time of day, such as \"09:30\"");
        return;
    }
    g->min = min.us;
    g->step = SECOND;
    uint64_t total = (uint64_t)(max.us - min.us) / SECOND + 1;
    vgs_has(g, total, total, VG_DAYTIME_ROOM);
}

void vgs_prepare_interval(vgs_preparing *p, const vg_gen *from)
{
    static const char *const names[] = {"year", "month",  "day",
                                        "hour", "minute", "second"};
    OPTIONS(interval);
    const char *fields = o->fields ? o->fields : p->column->c->fields;
    g->make = vgs_make_interval;
    g->low = -1;
    g->high = VGS_INTERVAL_FIELDS - 1;
    for (const char *at = fields; at && *at;) {
        size_t len = strcspn(at, " (");
        for (int i = 0; i < VGS_INTERVAL_FIELDS; i++)
            if (strlen(names[i]) == len && memcmp(names[i], at, len) == 0) {
                g->high = i;
                g->low = g->low < 0 ? i : g->low;
            }
        at += len;
        at += strspn(at, " (0123456789)");
    }
    if (g->low < 0 && fields && *fields)
        vgs_refuse(p, "fields are \"year\", \"day to second\" and the like");
    g->low = g->low < 0 ? 0 : g->low;
    uint64_t total = 1;
    for (int64_t i = g->low; i <= g->high; i++)
        total *= vgs_interval_bases[i];
    vgs_has(g, total, total, VG_INTERVAL_ROOM);
}
