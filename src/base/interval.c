/* Intervals, times of day and points as text, in PostgreSQL's spelling. */
#include <virga/native.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

/* ---- reading ---- */

typedef struct reader {
    const char *at, *end;
} reader;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t'))
        r->at++;
}

static bool take(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool take_number(reader *r, int64_t *n)
{
    const char *start = r->at;
    *n = 0;
    for (; r->at < r->end && is_digit(*r->at); r->at++)
        if (__builtin_mul_overflow(*n, 10, n) ||
            __builtin_add_overflow(*n, *r->at - '0', n))
            return false;
    return r->at > start;
}

/* What follows a point, as millionths, rounded; none: 0. */
static bool take_fraction(reader *r, int64_t *us)
{
    int64_t scale = 1000000;
    *us = 0;
    if (!take(r, '.'))
        return true;
    const char *start = r->at;
    for (; r->at < r->end && is_digit(*r->at); r->at++) {
        scale /= 10;
        *us += scale * (*r->at - '0');
        if (!scale && r->at - start == 6 && *r->at >= '5')
            ++*us;
    }
    return r->at > start;
}

/* units times so many, added to *sum. */
static bool add(int64_t *sum, int64_t n, int64_t unit, bool minus)
{
    return !__builtin_mul_overflow(n, minus ? -unit : unit, &n) &&
           !__builtin_add_overflow(*sum, n, sum);
}

typedef struct sums {
    int64_t months, days, us;
} sums;

/* Each unit: its names, what it adds to, how much. */
static const struct {
    const char *names; /* between blanks */
    char iso;          /* lower case: of a time */
    size_t to;
    int64_t size;
} units[] = {
    {" year years y yr yrs ", 'Y', offsetof(sums, months), 12},
    {" mon mons month months ", 'M', offsetof(sums, months), 1},
    {" week weeks w ", 'W', offsetof(sums, days), 7},
    {" day days d ", 'D', offsetof(sums, days), 1},
    {" hour hours h hr hrs ", 'h', offsetof(sums, us), HOUR},
    {" min mins minute minutes m ", 'm', offsetof(sums, us), MINUTE},
    {" sec secs second seconds s ", 's', offsetof(sums, us), SECOND},
};
enum { UNITS = sizeof units / sizeof *units };

static int64_t *member(sums *s, size_t unit)
{
    return (int64_t *)(void *)((char *)s + units[unit].to);
}

static bool add_unit(sums *s, size_t unit, int64_t n, int64_t millionths, bool minus)
{
    if (unit == UNITS || (millionths && units[unit].size != SECOND))
        return false;
    return add(member(s, unit), n, units[unit].size, minus) &&
           add(member(s, unit), millionths, 1, minus);
}

static size_t unit_of_word(reader *r)
{
    char word[16] = " ";
    size_t len = 1;
    while (r->at < r->end && ((*r->at | 32) >= 'a' && (*r->at | 32) <= 'z') &&
           len < sizeof word - 2)
        word[len++] = (char)(*r->at++ | 32);
    word[len] = ' ';
    word[len + 1] = 0;
    size_t unit = 0;
    while (unit < UNITS && (len == 1 || !strstr(units[unit].names, word)))
        unit++;
    return unit;
}

static bool iso(reader *r, sums *s)
{
    bool time = false, any = false;
    while (r->at < r->end) {
        int64_t n, millionths;
        if (!time && take(r, 'T')) {
            time = true;
            continue;
        }
        bool minus = take(r, '-');
        size_t unit = 0;
        if (!minus)
            take(r, '+');
        if (!take_number(r, &n) || !take_fraction(r, &millionths) || r->at == r->end)
            return false;
        char letter = (char)(time ? *r->at | 32 : *r->at);
        while (unit < UNITS && units[unit].iso != letter)
            unit++;
        r->at++;
        if (!add_unit(s, unit, n, millionths, minus))
            return false;
        any = true;
    }
    return any;
}

/* HH:MM[:SS[.ffffff]], after its hours. */
static bool clock_time(reader *r, sums *s, int64_t hours, bool minus)
{
    int64_t minutes, seconds = 0, millionths = 0;
    if (!take(r, ':') || !take_number(r, &minutes))
        return false;
    if (take(r, ':') && (!take_number(r, &seconds) || !take_fraction(r, &millionths)))
        return false;
    return minutes < 60 && seconds < 60 && add(&s->us, hours, HOUR, minus) &&
           add(&s->us, minutes, MINUTE, minus) && add(&s->us, seconds, SECOND, minus) &&
           add(&s->us, millionths, 1, minus);
}

static bool words(reader *r, sums *s)
{
    bool any = false;
    for (skip_blanks(r); r->at < r->end; skip_blanks(r)) {
        int64_t n, millionths;
        bool minus = take(r, '-');
        if (!minus)
            take(r, '+');
        if (!take_number(r, &n))
            return false;
        any = true;
        if (r->at < r->end && *r->at == ':') {
            if (!clock_time(r, s, n, minus))
                return false;
            continue;
        }
        if (!take_fraction(r, &millionths))
            return false;
        skip_blanks(r);
        if (!add_unit(s, unit_of_word(r), n, millionths, minus))
            return false;
    }
    return any;
}

bool vg_interval_parse(const char *text, size_t len, vg_interval *out)
{
    reader r = {text, text + len};
    sums s = {0, 0, 0};
    skip_blanks(&r);
    while (r.end > r.at && r.end[-1] == ' ')
        r.end--;
    if (!(take(&r, 'P') ? iso(&r, &s) : words(&r, &s)))
        return false;
    if (s.months != (int32_t)s.months || s.days != (int32_t)s.days)
        return false;
    *out = (vg_interval){(int32_t)s.months, (int32_t)s.days, s.us};
    return true;
}

/* +HH[:MM[:SS]], seconds east of UTC. */
static bool zone(reader *r, int32_t *out)
{
    int64_t part[3] = {0, 0, 0};
    bool minus = take(r, '-');
    if (!minus && !take(r, '+'))
        return take(r, 'Z') && r->at == r->end;
    for (int i = 0; i < 3 && (!i || take(r, ':')); i++)
        if (!take_number(r, &part[i]) || part[i] >= (i ? 60 : 16))
            return false;
    int32_t seconds = (int32_t)(part[0] * 3600 + part[1] * 60 + part[2]);
    *out = minus ? -seconds : seconds;
    return r->at == r->end;
}

bool vg_daytime_parse(const char *text, size_t len, vg_daytime *out)
{
    reader r = {text, text + len};
    sums s = {0, 0, 0};
    int64_t hours;
    vg_daytime t = {0, 0};
    if (!take_number(&r, &hours) || hours > 24 || !clock_time(&r, &s, hours, false) ||
        s.us > 24 * HOUR)
        return false;
    t.us = s.us;
    if (r.at < r.end && !zone(&r, &t.zone))
        return false;
    *out = t;
    return true;
}

static bool real(reader *r, double *out)
{
    char text[64];
    char *end;
    size_t len = 0;
    skip_blanks(r);
    while (r->at + len < r->end && !strchr(",() ", r->at[len]) && len < sizeof text - 1)
        len++;
    memcpy(text, r->at, len);
    text[len] = 0;
    *out = strtod(text, &end);
    r->at += len;
    skip_blanks(r);
    return len && !*end;
}

bool vg_point_parse(const char *text, size_t len, vg_point *out)
{
    reader r = {text, text + len};
    vg_point p;
    bool parens = take(&r, '(');
    if (!real(&r, &p.x) || !take(&r, ',') || !real(&r, &p.y) ||
        (parens && !take(&r, ')')) || r.at != r.end)
        return false;
    *out = p;
    return true;
}

/* ---- writing ---- */

/* HH:MM:SS[.ffffff]; the hours may be many. */
static char *put_clock(char *at, size_t room, uint64_t us)
{
    uint64_t fraction = us % SECOND;
    int len = snprintf(at, room, "%02llu:%02d:%02d", (unsigned long long)(us / HOUR),
                       (int)(us / MINUTE % 60), (int)(us / SECOND % 60));
    if (fraction) {
        len += snprintf(at + len, room - (size_t)len, ".%06d", (int)fraction);
        while (at[len - 1] == '0')
            at[--len] = 0;
    }
    return at + len;
}

static char *put_unit(char *at, char *start, char *end, int n, const char *unit)
{
    if (!n)
        return at;
    return at + snprintf(at, (size_t)(end - at), "%s%d %s%s", at > start ? " " : "", n,
                         unit, n == 1 ? "" : "s");
}

char *vg_interval_format(vg_interval v, char out[VG_INTERVAL_ROOM])
{
    char *at = out, *end = out + VG_INTERVAL_ROOM;
    at = put_unit(at, out, end, v.months / 12, "year");
    at = put_unit(at, out, end, v.months % 12, "mon");
    at = put_unit(at, out, end, v.days, "day");
    if (v.us || at == out) {
        if (at > out)
            *at++ = ' ';
        if (v.us < 0)
            *at++ = '-';
        put_clock(at, (size_t)(end - at), v.us < 0 ? -(uint64_t)v.us : (uint64_t)v.us);
    }
    return out;
}

char *vg_daytime_format(vg_daytime t, bool with_zone, char out[VG_DAYTIME_ROOM])
{
    char *at = put_clock(out, VG_DAYTIME_ROOM, (uint64_t)t.us);
    unsigned east = t.zone < 0 ? -(unsigned)t.zone : (unsigned)t.zone;
    if (!with_zone)
        return out;
    size_t room = (size_t)(out + VG_DAYTIME_ROOM - at);
    if (east % 60)
        snprintf(at, room, "%c%02u:%02u:%02u", t.zone < 0 ? '-' : '+', east / 3600,
                 east / 60 % 60, east % 60);
    else
        snprintf(at, room, "%c%02u:%02u", t.zone < 0 ? '-' : '+', east / 3600,
                 east / 60 % 60);
    return out;
}

static size_t put_real(char *out, size_t room, double d)
{
    int len = 0;
    if (isnan(d) || isinf(d))
        return (size_t)snprintf(out, room, "%s",
                                isnan(d) ? "NaN"
                                : d < 0  ? "-Infinity"
                                         : "Infinity");
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(out, room, "%.*g", digits, d);
        if (strtod(out, NULL) == d)
            break;
    }
    return (size_t)len;
}

char *vg_point_format(vg_point p, char out[VG_POINT_ROOM])
{
    size_t len = 0;
    out[len++] = '(';
    len += put_real(out + len, VG_POINT_ROOM - len, p.x);
    out[len++] = ',';
    len += put_real(out + len, VG_POINT_ROOM - len, p.y);
    memcpy(out + len, ")", 2);
    return out;
}
