/* A generator made ready: its options read, how many values it has, how long its texts are. */
#include "seed/make.h"
#include <stdlib.h>

typedef struct preparing {
    vgs_plan *plan;
    vgs_table *table;
    vgs_column *column;
    vgs_gen *g;
} preparing;

static void refuse(preparing *p, const char *why)
{
    vgs_fail(p->plan, VG_INVALID, "column %s.%s: %s: %s", p->table->shape->name,
             p->column->c->name, p->g->name, why);
}

/* Every generator: how it is read. */
typedef void (*prepare_fn)(preparing *p, const vg_gen *from);

#define OPTIONS(kind)                                   \
    const struct vg_gen_##kind *o = (const void *)from; \
    vgs_gen *g = p->g

static void set(vgs_gen *g, uint64_t plain, uint64_t total, size_t longest)
{
    g->plain = plain < total ? plain : total;
    g->total = total;
    g->longest = (uint32_t)longest;
}

/* ---- numbers ---- */

/* How large a whole number of the column may be. */
static int64_t most(const vg_column *c)
{
    return c->native == VG_NATIVE_SMALLINT || c->native == VG_NATIVE_SMALLSERIAL
               ? INT16_MAX
               : INT32_MAX;
}

static void whole(preparing *p, int64_t min, int64_t max, uint64_t plain)
{
    vgs_gen *g = p->g;
    if (max < min) {
        refuse(p, "min is greater than max");
        return;
    }
    uint64_t total = (uint64_t)max - (uint64_t)min + 1;
    g->min = min;
    g->step = 1;
    set(g, plain, total ? total : UINT64_MAX - 1, 21);
    if (total >= UINT64_MAX - 1)
        g->total = g->plain = UINT64_MAX - 1;
}

static void prepare_int(preparing *p, const vg_gen *from)
{
    OPTIONS(int);
    (void)g;
    if (o->min || o->max)
        whole(p, o->min, o->max, UINT64_MAX);
    else
        whole(p, 0, most(p->column->c), 1000);
}

static void prepare_int_primary_key(preparing *p, const vg_gen *from)
{
    OPTIONS(int_primary_key);
    whole(p, o->first ? o->first : 1, INT64_MAX / 2, UINT64_MAX);
    g->plain = 0; /* in order */
}

static void prepare_year(preparing *p, const vg_gen *from)
{
    OPTIONS(year);
    whole(p, o->min || o->max ? o->min : 1970, o->min || o->max ? o->max : 2025,
          UINT64_MAX);
    (void)g;
}

/* `d` in units of 10^-scale, rounded; exact products, so the same everywhere. */
static bool scaled(double d, int scale, int64_t *out)
{
    double x = d * (double)vgs_ten_to(scale);
    if (!(x > -9e15 && x < 9e15))
        return false;
    *out = (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
    return true;
}

static void prepare_number(preparing *p, const vg_gen *from)
{
    OPTIONS(number);
    const vg_column *c = p->column->c;
    g->scale = o->digits < 0 ? 0 : o->digits ? o->digits : 2;
    bool said = o->min != 0 || o->max != 0;
    int64_t min = 0, max = 0;
    if (g->scale > 9)
        refuse(p, "at most 9 digits after the point");
    else if (!scaled(o->min, g->scale, &min) || !scaled(o->max, g->scale, &max))
        refuse(p, "min or max is too large");
    else if (said)
        whole(p, min, max, UINT64_MAX);
    else
        whole(p, 0, 1000 * (int64_t)vgs_ten_to(g->scale) - 1, UINT64_MAX);
    g->longest = 40;
    int places = (int)(c->args & 255), precision = (int)(c->args >> 8);
    if (c->type != VG_TYPE_NUMERIC || !c->args || said || o->digits)
        return;
    /* What numeric(precision, scale) holds, if nobody says otherwise. */
    g->scale = places > 9 ? 9 : places;
    int digits = precision - places < 3 ? precision - places + g->scale : 3 + g->scale;
    whole(p, 0,
          (int64_t)vgs_ten_to(digits < 1    ? 1
                              : digits > 15 ? 15
                                            : digits) -
              1,
          UINT64_MAX);
    g->longest = 40;
}

static void prepare_boolean(preparing *p, const vg_gen *from)
{
    OPTIONS(boolean);
    g->make = vgs_make_boolean;
    g->high = o->percent ? o->percent : 50;
    g->sums = vgs_alloc(p->plan, 1, sizeof *g->sums); /* it chooses by itself */
    set(g, 2, 2, 0);
    if (o->percent < 0 || o->percent > 100)
        refuse(p, "percent is not between 0 and 100");
}

/* ---- times ---- */

/* From day to day in steps of so many microseconds; text: what is written. */
static void span(preparing *p, const char *min, const char *max, int64_t step, bool day)
{
    vgs_gen *g = p->g;
    vg_timestamp from = {0}, to = {0};
    min = min ? min : "2020-01-01";
    max = max ? max : "2025-12-31T23:59:59.999";
    g->make = vgs_make_time;
    g->high = day;
    if (!vg_timestamp_parse(min, strlen(min), &from) ||
        !vg_timestamp_parse(max, strlen(max), &to)) {
        refuse(p, "min or max is no time, such as \"2024-01-31T10:30:00\"");
        return;
    }
    if (to.us < from.us) {
        refuse(p, "min is later than max");
        return;
    }
    g->min = from.us;
    g->step = step;
    uint64_t total = (uint64_t)(to.us - from.us) / (uint64_t)step + 1;
    set(g, total, total, VG_TIMESTAMP_ROOM);
}

enum { MILLISECOND = 1000, SECOND = 1000000 };
static const int64_t DAY = 86400LL * SECOND;

static void prepare_date(preparing *p, const vg_gen *from)
{
    OPTIONS(date);
    (void)g;
    span(p, o->min, o->max, DAY, true);
}

static void prepare_timestamp(preparing *p, const vg_gen *from)
{
    OPTIONS(timestamp);
    (void)g;
    bool seconds = p->column->c->mode == VG_MODE_SECONDS;
    bool date = p->column->c->type == VG_TYPE_DATE;
    span(p, o->min, o->max, date ? DAY : seconds ? SECOND : MILLISECOND, false);
}

static void prepare_datetime(preparing *p, const vg_gen *from)
{
    OPTIONS(datetime);
    (void)g;
    span(p, o->min, o->max, p->column->c->type == VG_TYPE_DATE ? DAY : SECOND, false);
}

static void prepare_time(preparing *p, const vg_gen *from)
{
    OPTIONS(time);
    vg_daytime min = {0, 0}, max = {DAY - SECOND, 0};
    g->make = vgs_make_daytime;
    if ((o->min && !vg_daytime_parse(o->min, strlen(o->min), &min)) ||
        (o->max && !vg_daytime_parse(o->max, strlen(o->max), &max)) ||
        max.us < min.us) {
        refuse(p, "min or max is no time of day, such as \"09:30\"");
        return;
    }
    g->min = min.us;
    g->step = SECOND;
    uint64_t total = (uint64_t)(max.us - min.us) / SECOND + 1;
    set(g, total, total, VG_DAYTIME_ROOM);
}

static void prepare_interval(preparing *p, const vg_gen *from)
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
        refuse(p, "fields are \"year\", \"day to second\" and the like");
    g->low = g->low < 0 ? 0 : g->low;
    uint64_t total = 1;
    for (int64_t i = g->low; i <= g->high; i++)
        total *= vgs_interval_bases[i];
    set(g, total, total, VG_INTERVAL_ROOM);
}

/* ---- lists ---- */

/* Running sums; without weights each counts once. */
static void weigh(preparing *p, const uint32_t *weights, size_t given, size_t len)
{
    uint64_t *sums = vgs_alloc(p->plan, len ? len : 1, sizeof *sums);
    uint64_t sum = 0;
    if (!len)
        refuse(p, "the list is empty");
    else if (weights && given != len)
        refuse(p, "there are not as many weights as values");
    else
        for (size_t i = 0; sums && i < len; i++)
            sums[i] = sum += weights ? weights[i] : 1;
    if (!sum && !p->plan->failed)
        refuse(p, "no weight is more than 0");
    p->g->sums = sums;
    p->g->count = len;
    p->g->plain = p->g->total = len;
}

static void prepare_values_int(preparing *p, const vg_gen *from)
{
    OPTIONS(values_int);
    g->make = vgs_make_of_ints;
    weigh(p, o->weights.data, o->weights.len, o->len);
    g->longest = 21;
    for (size_t i = 0; g->sql_class == VG_K_enum_expr && i < o->len; i++)
        if (!vg_label_text(g->coder, o->values[i]))
            refuse(p, "a value is no constant of the ENUM");
}

static void prepare_values_real(preparing *p, const vg_gen *from)
{
    OPTIONS(values_real);
    g->make = vgs_make_of_reals;
    weigh(p, o->weights.data, o->weights.len, o->len);
    g->longest = 32;
}

static void prepare_values_text(preparing *p, const vg_gen *from)
{
    OPTIONS(values_text);
    g->make = vgs_make_of_texts;
    weigh(p, o->weights.data, o->weights.len, o->len);
    for (size_t i = 0; i < o->len && !p->plan->failed; i++) {
        int64_t value;
        if (!o->values[i])
            refuse(p, "a text is NULL; .nulls says how many rows have NULL");
        else if (strlen(o->values[i]) > g->longest)
            g->longest = (uint32_t)strlen(o->values[i]);
        if (!p->plan->failed && g->coder && g->coder->labels &&
            !vg_label_value(g->coder, o->values[i], strlen(o->values[i]), &value))
            refuse(p, "a text is no label of the ENUM");
    }
}

static void prepare_call(preparing *p, const vg_gen *from)
{
    OPTIONS(call);
    g->make = vgs_make_call;
    set(g, UINT64_MAX - 1, UINT64_MAX - 1, 0);
    if (!o->fn)
        refuse(p, "there is no function");
    if (p->column->array_size)
        refuse(p, "an array is no single value; give it another generator");
}

static void prepare_weighted(preparing *p, const vg_gen *from)
{
    OPTIONS(weighted);
    g->make = vgs_make_weighted;
    uint32_t *weights = vgs_alloc(p->plan, o->len, sizeof *weights);
    vgs_gen *choices = vgs_alloc(p->plan, o->len, sizeof *choices);
    for (size_t i = 0; !p->plan->failed && i < o->len; i++) {
        weights[i] = o->chances[i].weight;
        vgs_prepare(p->plan, p->table, p->column, o->chances[i].gen, &choices[i]);
        if (choices[i].longest > g->longest)
            g->longest = choices[i].longest;
    }
    if (!p->plan->failed)
        weigh(p, weights, o->len, o->len);
    g->choices = choices;
    g->plain = g->total = 0; /* they may all make the same */
}

/* ---- words ---- */

static size_t list_of(unsigned kind)
{
    static const unsigned kinds[] = {VG_GEN_first_name, VG_GEN_last_name,
                                     VG_GEN_country,    VG_GEN_city,
                                     VG_GEN_state,      VG_GEN_job_title};
    size_t i = 0;
    while (kinds[i] != kind)
        i++;
    return i;
}

static void prepare_word(preparing *p, const vg_gen *from)
{
    vgs_gen *g = p->g;
    g->low = (int64_t)list_of(from->kind);
    const vgs_words *words = vgs_lists[g->low];
    set(g, words->count, words->count, words->longest);
}

static void prepare_full_name(preparing *p, const vg_gen *from)
{
    (void)from;
    uint64_t total = vgs_first_names.count * vgs_last_names.count;
    set(p->g, total, total, vgs_first_names.longest + 1 + vgs_last_names.longest);
}

static void prepare_email(preparing *p, const vg_gen *from)
{
    (void)from;
    uint64_t plain = vgs_first_names.count * vgs_last_names.count * vgs_domains.count;
    set(p->g, plain, plain * 1000000,
        vgs_first_names.longest + vgs_last_names.longest + vgs_domains.longest + 8);
}

static void prepare_phone_number(preparing *p, const vg_gen *from)
{
    OPTIONS(phone_number);
    size_t digits = 10, longest = 32;
    if (o->prefixes.len) {
        digits = o->digits > 0 ? (size_t)o->digits : 7;
        longest = 0;
        for (size_t i = 0; i < o->prefixes.len; i++)
            if (strlen(o->prefixes.data[i]) > longest)
                longest = strlen(o->prefixes.data[i]);
        longest += digits;
    } else if (o->template_) {
        digits = 0;
        longest = strlen(o->template_);
        for (const char *c = o->template_; *c; c++)
            digits += *c == '#';
    }
    if (digits > 18)
        refuse(p, "at most 18 digits");
    g->make = vgs_make_phone;
    g->high = (int64_t)digits;
    uint64_t each = vgs_ten_to(digits > 18 ? 18 : (int)digits);
    uint64_t total = o->prefixes.len > 1 && each > UINT64_MAX / 4 / o->prefixes.len
                         ? UINT64_MAX / 4
                         : each * (o->prefixes.len ? o->prefixes.len : 1);
    set(g, total, total, longest);
}

static void prepare_street(preparing *p, const vg_gen *from)
{
    (void)from;
    p->g->make = vgs_make_street;
    uint64_t each = vgs_streets.count * vgs_street_kinds.count;
    set(p->g, each * 200, each * 99999,
        7 + vgs_streets.longest + vgs_street_kinds.longest);
}

static void prepare_postcode(preparing *p, const vg_gen *from)
{
    (void)from;
    p->g->make = vgs_make_digits;
    p->g->scale = 5;
    set(p->g, 100000, 100000, 5);
}

static void prepare_company(preparing *p, const vg_gen *from)
{
    (void)from;
    p->g->make = vgs_make_company;
    uint64_t total =
        vgs_company_words.count * vgs_company_kinds.count * vgs_last_names.count;
    set(p->g, total, total,
        2 + vgs_company_words.longest + vgs_company_kinds.longest +
            vgs_last_names.longest);
}

static void prepare_lorem(preparing *p, const vg_gen *from)
{
    OPTIONS(lorem_ipsum);
    g->make = vgs_make_lorem;
    g->low = o->words > 0 ? o->words : 0;
    g->high = o->sentences > 0 && !g->low ? o->sentences : 1;
    if (g->low > 1000 || g->high > 1000)
        refuse(p, "at most a thousand");
    g->count = g->low && g->low < 4 ? (size_t)g->low : 4;
    uint64_t total = 1;
    for (size_t i = 0; i < g->count; i++)
        total *= vgs_lorem.count;
    size_t words = (size_t)(g->low ? g->low : g->high * 12);
    set(g, total, total, words * (vgs_lorem.longest + 2));
}

/* Lengths from and to, cut to the column's. */
static void lengths(preparing *p, int64_t min, int64_t max, int64_t low, int64_t high)
{
    vgs_gen *g = p->g;
    int64_t limit = g->room ? g->room : INT32_MAX;
    g->high = max > 0 ? max : min > high ? min : high;
    if (max <= 0 && g->high > limit)
        g->high = limit;
    g->low = min > 0 ? min : g->high < low ? g->high : low;
    if (g->high < g->low)
        refuse(p, "min is greater than max");
    if (g->high > 1000000)
        refuse(p, "at most a million");
}

static void prepare_string(preparing *p, const vg_gen *from)
{
    OPTIONS(string);
    g->make = vgs_make_string;
    bool fixed = p->column->c->native == VG_NATIVE_CHAR && !o->min && !o->max;
    int64_t exact = g->room;
    lengths(p, fixed ? exact : o->min, fixed ? exact : o->max, 8, 20);
    g->count = g->low < 12 ? (size_t)g->low : 12;
    uint64_t total = 1;
    for (size_t i = 0; i < g->count; i++)
        total *= 26;
    set(g, total, total, (size_t)g->high);
}

static void prepare_bytes(preparing *p, const vg_gen *from)
{
    OPTIONS(bytes);
    g->make = vgs_make_bytes;
    lengths(p, o->min, o->max, 16, 16);
    g->count = g->low < 7 ? (size_t)g->low : 7;
    uint64_t total = UINT64_C(1) << 8 * g->count;
    set(g, total, total, 0);
}

static void prepare_json(preparing *p, const vg_gen *from)
{
    OPTIONS(json);
    g->make = vgs_make_json;
    g->high = o->keys > 0 ? o->keys : 3;
    if (g->high > VGS_MOST_KEYS)
        refuse(p, "at most 8 keys");
    set(g, 1000, INT32_MAX, 24 + (size_t)g->high * (2 * vgs_lorem.longest + 16));
}

static void prepare_uuid(preparing *p, const vg_gen *from)
{
    (void)from;
    uint64_t total = UINT64_C(1) << 62;
    set(p->g, total, total, 36);
}

/* ---- PostgreSQL's ---- */

/* A pair of coordinates: in hundredths. */
static void prepare_pair(preparing *p, double min_x, double max_x, double min_y,
                         double max_y)
{
    vgs_gen *g = p->g;
    int64_t low_x = 0, high_x = 10000, low_y = 0, high_y = 10000;
    bool x = min_x == 0 && max_x == 0, y = min_y == 0 && max_y == 0;
    if ((!x && (!scaled(min_x, 2, &low_x) || !scaled(max_x, 2, &high_x))) ||
        (!y && (!scaled(min_y, 2, &low_y) || !scaled(max_y, 2, &high_y))) ||
        high_x < low_x || high_y < low_y || high_x - low_x > INT32_MAX - 1 ||
        high_y - low_y > INT32_MAX - 1) {
        refuse(p, "min is greater than max, or they are too far apart");
        return;
    }
    g->min = low_x;
    g->low = low_y;
    g->count = (size_t)(high_x - low_x + 1);
    uint64_t total = g->count * (uint64_t)(high_y - low_y + 1);
    set(g, total, total, 80);
}

static void prepare_point(preparing *p, const vg_gen *from)
{
    OPTIONS(point);
    g->make = vgs_make_point;
    prepare_pair(p, o->min_x, o->max_x, o->min_y, o->max_y);
}

static void prepare_geometry(preparing *p, const vg_gen *from)
{
    OPTIONS(geometry);
    prepare_pair(p, o->min_x, o->max_x, o->min_y, o->max_y);
    g->make = vgs_make_geometry;
    g->high = o->srid;
}

/* From min to max in hundredths: g->min and how many there are. */
static uint64_t hundredths(preparing *p, double min, double max, double usual)
{
    int64_t low = 0, high = 0;
    bool said = min != 0 || max != 0;
    if (!scaled(said ? min : -usual, 2, &low) ||
        !scaled(said ? max : usual, 2, &high) || high < low || high - low > 1000000)
        refuse(p, "min is greater than max, or they are too far apart");
    p->g->min = low;
    int64_t most = high > -low ? high : -low;
    for (p->g->longest = 5; most >= 1000; most /= 10) /* -9.99 */
        p->g->longest++;
    return high < low ? 1 : (uint64_t)(high - low) + 1;
}

static void prepare_line(preparing *p, const vg_gen *from)
{
    OPTIONS(line);
    g->make = vgs_make_line;
    g->count = hundredths(p, o->min, o->max, 10);
    uint64_t total = g->count * g->count * g->count;
    set(g, total, total, 80);
}

static void prepare_bit_string(preparing *p, const vg_gen *from)
{
    OPTIONS(bit_string);
    g->make = vgs_make_bits;
    int64_t exact = p->column->c->args;
    g->high = o->bits > 0                             ? o->bits
              : exact                                 ? exact
              : p->column->c->native == VG_NATIVE_BIT ? 1
                                                      : 8;
    g->count = g->high < 60 ? (size_t)g->high : 60;
    set(g, UINT64_C(1) << g->count, UINT64_C(1) << g->count, (size_t)g->high);
}

static void prepare_inet(preparing *p, const vg_gen *from)
{
    OPTIONS(inet);
    g->make = vgs_make_inet;
    g->low = o->v6;
    g->high = o->network || p->column->c->native == VG_NATIVE_CIDR;
    uint64_t total = o->v6     ? UINT64_C(65535) * 65535
                     : g->high ? UINT64_C(223) << 16
                               : UINT64_C(223) << 24;
    set(g, total, total, 48);
}

static void prepare_vector(preparing *p, const vg_gen *from)
{
    OPTIONS(vector);
    g->make = vgs_make_vector;
    g->step = (int64_t)hundredths(p, o->min, o->max, 1);
    int64_t exact = p->column->c->args;
    g->high = o->dimensions > 0 ? o->dimensions : exact ? exact : 3;
    g->count = g->high < 3 ? (size_t)g->high : 3;
    uint64_t total = 1;
    for (size_t i = 0; i < g->count; i++)
        total *= (uint64_t)g->step;
    set(g, total, total, (size_t)g->high * (g->longest + 1) + 1);
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    unsigned fits;
    prepare_fn prepare;
    vgs_make make; /* NULL: the function above says it */
} kinds[] = {
#define KIND(kind, prepare, make)                                                   \
    [VG_GEN_##kind] = {"vg_gen_" #kind, sizeof(*((struct vg_gen_##kind *)0)->fits), \
                       prepare, make}
    KIND(values_text, prepare_values_text, NULL),
    KIND(values_int, prepare_values_int, NULL),
    KIND(values_real, prepare_values_real, NULL),
    KIND(int_primary_key, prepare_int_primary_key, vgs_make_number),
    KIND(int, prepare_int, vgs_make_number),
    KIND(number, prepare_number, vgs_make_number),
    KIND(boolean, prepare_boolean, NULL),
    KIND(date, prepare_date, NULL),
    KIND(time, prepare_time, NULL),
    KIND(timestamp, prepare_timestamp, NULL),
    KIND(datetime, prepare_datetime, NULL),
    KIND(year, prepare_year, vgs_make_number),
    KIND(interval, prepare_interval, NULL),
    KIND(json, prepare_json, NULL),
    KIND(string, prepare_string, NULL),
    KIND(bytes, prepare_bytes, NULL),
    KIND(uuid, prepare_uuid, vgs_make_uuid),
    KIND(first_name, prepare_word, vgs_make_word),
    KIND(last_name, prepare_word, vgs_make_word),
    KIND(full_name, prepare_full_name, vgs_make_full_name),
    KIND(email, prepare_email, vgs_make_email),
    KIND(phone_number, prepare_phone_number, NULL),
    KIND(country, prepare_word, vgs_make_word),
    KIND(city, prepare_word, vgs_make_word),
    KIND(street_address, prepare_street, NULL),
    KIND(job_title, prepare_word, vgs_make_word),
    KIND(postcode, prepare_postcode, NULL),
    KIND(state, prepare_word, vgs_make_word),
    KIND(company_name, prepare_company, NULL),
    KIND(lorem_ipsum, prepare_lorem, NULL),
    KIND(point, prepare_point, NULL),
    KIND(line, prepare_line, NULL),
    KIND(bit_string, prepare_bit_string, NULL),
    KIND(inet, prepare_inet, NULL),
    KIND(geometry, prepare_geometry, NULL),
    KIND(vector, prepare_vector, NULL),
    KIND(call, prepare_call, NULL),
    KIND(weighted, prepare_weighted, NULL),
};

const char *vgs_kind_name(unsigned kind)
{
    return kind < sizeof kinds / sizeof *kinds && kinds[kind].name ? kinds[kind].name
                                                                   : NULL;
}

uint32_t vgs_element_class(const vg_column *c)
{
    if (c->type != VG_TYPE_ARRAY)
        return c->sql_class;
    switch (c->sql_class) {
    case VG_K_int_array_expr: return VG_K_int;
    case VG_K_real_array_expr: return VG_K_real;
    case VG_K_bool_array_expr: return VG_K_predicate;
    case VG_K_blob_array_expr: return VG_K_blob;
    case VG_K_time_array_expr: return VG_K_time;
    case VG_K_uuid_array_expr: return VG_K_uuid_expr;
    default: return VG_K_text;
    }
}

unsigned vgs_fits(uint32_t sql_class)
{
    return VG_SEED_FITS(sql_class);
}

void vgs_prepare(vgs_plan *plan, vgs_table *table, vgs_column *column,
                 const vg_gen *from, vgs_gen *out)
{
    const vg_column *c = column->c;
    preparing p = {plan, table, column, out};
    if (plan->failed)
        return;
    if (!vgs_kind_name(from->kind)) {
        vgs_fail(plan, VG_INVALID, "column %s.%s: there is no generator %d",
                 table->shape->name, c->name, from->kind);
        return;
    }
    *out = (vgs_gen){.from = from,
                     .name = kinds[from->kind].name,
                     .make = kinds[from->kind].make,
                     .coder = c->coder,
                     .column = c,
                     .sql_class = vgs_element_class(c),
                     .room = c->type == VG_TYPE_TEXT ? c->args : 0};
    if (!(kinds[from->kind].fits & vgs_fits(c->sql_class))) {
        refuse(&p, "it makes values of another type than the column");
        return;
    }
    kinds[from->kind].prepare(&p, from);
    if (out->room && out->longest > out->room && out->from->kind != VG_GEN_weighted &&
        !plan->failed)
        vgs_fail(plan, VG_INVALID,
                 "column %s.%s: %s makes up to %u bytes, the column takes %u",
                 table->shape->name, c->name, out->name, out->longest, out->room);
}
