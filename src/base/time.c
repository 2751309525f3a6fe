/* Times: the clock, and ISO 8601 both ways. The calendar is the proleptic Gregorian one;
 * day numbers are computed by the era method of Howard Hinnant's public-domain paper
 * "chrono-Compatible Low-Level Date Algorithms". */
#include <virga/types.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS_PER_DAY = 86400, MICRO = 1000000 };

vg_timestamp vg_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (vg_timestamp){(int64_t)now.tv_sec * MICRO + now.tv_nsec / 1000};
}

/* Days since 1970-01-01. */
static int64_t days_of(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static void civil_of(int64_t days, int64_t *y, int *m, int *d)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = yoe + era * 400 + (*m <= 2);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* `count` digits; what is behind them. */
static char *put_digits(char *out, int64_t n, int count)
{
    for (int i = count; i-- > 0; n /= 10)
        out[i] = (char)('0' + n % 10);
    return out + count;
}

static int format_day(int64_t days, char out[VG_TIMESTAMP_ROOM])
{
    int64_t y;
    int m, d;
    civil_of(days, &y, &m, &d);
    if (y < 0 || y > 9999)
        return snprintf(out, VG_TIMESTAMP_ROOM, "%+05lld-%02d-%02d", (long long)y, m,
                        d);
    char *at = put_digits(out, y, 4);
    *at++ = '-';
    at = put_digits(at, m, 2);
    *at++ = '-';
    at = put_digits(at, d, 2);
    *at = '\0';
    return (int)(at - out);
}

char *vg_date_format(vg_timestamp t, char out[VG_TIMESTAMP_ROOM])
{
    format_day(floor_div(t.us, (int64_t)SECONDS_PER_DAY * MICRO), out);
    return out;
}

char *vg_timestamp_format(vg_timestamp t, char out[VG_TIMESTAMP_ROOM])
{
    int64_t seconds = floor_div(t.us, MICRO);
    int64_t days = floor_div(seconds, SECONDS_PER_DAY);
    int of_day = (int)(seconds - days * SECONDS_PER_DAY);
    int len = format_day(days, out);
    char *at = out + len;
    *at++ = 'T';
    at = put_digits(at, of_day / 3600, 2);
    *at++ = ':';
    at = put_digits(at, of_day / 60 % 60, 2);
    *at++ = ':';
    at = put_digits(at, of_day % 60, 2);
    *at++ = '.';
    at = put_digits(at, t.us % MICRO + (t.us % MICRO < 0 ? MICRO : 0), 6);
    memcpy(at, "Z", 2);
    return out;
}

/* A cursor over the text; `ok` sticks at false. */
typedef struct reader {
    const char *at, *end;
    bool ok;
} reader;

static int digits(reader *r, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (r->at == r->end || *r->at < '0' || *r->at > '9') {
            r->ok = false;
            return 0;
        }
        value = value * 10 + (*r->at++ - '0');
    }
    return value;
}

static bool take(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static void expect(reader *r, char c)
{
    if (!take(r, c))
        r->ok = false;
}

static bool valid_day(int64_t y, int m, int d)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    return m >= 1 && m <= 12 && d >= 1 && d <= lengths[m - 1] - (m == 2 && !leap);
}

static int fraction(reader *r)
{
    int us = 0, scale = MICRO / 10;
    if (!take(r, '.') && !take(r, ','))
        return 0;
    if (r->at == r->end || *r->at < '0' || *r->at > '9')
        r->ok = false;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++, scale /= 10)
        us += (*r->at - '0') * scale; /* digits beyond microseconds are cut */
    return us;
}

/* Seconds to subtract; "", "Z", "+02:00", "-0530", "+02". */
static int zone(reader *r)
{
    take(r, ' ');
    if (r->at == r->end || take(r, 'Z') || take(r, 'z'))
        return 0;
    int sign = take(r, '-') ? -1 : 1;
    if (sign > 0)
        expect(r, '+');
    int hours = digits(r, 2), minutes = 0;
    if (r->at < r->end) {
        take(r, ':');
        minutes = digits(r, 2);
    }
    if (hours > 23 || minutes > 59)
        r->ok = false;
    return sign * (hours * 3600 + minutes * 60);
}

bool vg_timestamp_parse(const char *text, size_t len, vg_timestamp *out)
{
    reader r = {text, text + len, true};
    bool negative = take(&r, '-');
    bool wide = negative || take(&r, '+');
    const char *from = r.at;
    int64_t y = 0;
    while (r.at < r.end && *r.at >= '0' && *r.at <= '9' && r.at - from < 6)
        y = y * 10 + (*r.at++ - '0');
    if (r.at - from < 4 || (!wide && r.at - from > 4))
        return false;
    y = negative ? -y : y;
    expect(&r, '-');
    int m = digits(&r, 2);
    expect(&r, '-');
    int d = digits(&r, 2);
    int64_t seconds = 0;
    int us = 0;
    if (r.ok && r.at < r.end) {
        if (!take(&r, 'T') && !take(&r, 't'))
            expect(&r, ' ');
        int hour = digits(&r, 2);
        expect(&r, ':');
        int minute = digits(&r, 2), second = 0;
        if (take(&r, ':')) {
            second = digits(&r, 2);
            us = fraction(&r);
        }
        if (hour > 23 || minute > 59 || second > 60)
            r.ok = false;
        seconds = hour * 3600 + minute * 60 + second - zone(&r);
    }
    if (!r.ok || r.at != r.end || !valid_day(y, m, d))
        return false;
    seconds += days_of(y, m, d) * SECONDS_PER_DAY;
    if (seconds < 0 && us) { /* so that the first second of all times is in range */
        seconds++;
        us -= MICRO;
    }
    int64_t total;
    if (__builtin_mul_overflow(seconds, MICRO, &total) ||
        __builtin_add_overflow(total, us, &total))
        return false;
    out->us = total;
    return true;
}
