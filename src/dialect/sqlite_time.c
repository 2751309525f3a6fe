/* Times in SQLite, which has none: they are numbers of seconds, milliseconds or
 * microseconds since 1970, or ISO text. An operand is written once, or bound to a name in a
 * small subquery where it is needed twice: a parameter has one place. */
#include "dialect/sqlite.h"
#include <virga/date.h>

/* From 0000-01-01, the first day that SQLite knows, to 1970: makes numbers positive, so
 * that / and % round down. */
static const int64_t year_zero = INT64_C(62167219200);

static const vg_column *codec_of(vg_value v)
{
    const vg_column *codec =
        vg_value_kind_of(v) == VG_V_EXPR ? vg__codec_of(v.node) : NULL;
    return vg__is_time(codec) ? codec : vg__codec_of_type(VG_TYPE_TIMESTAMP);
}

static bool is_text(const vg_column *codec)
{
    return vg__codec_mode(codec) == VG_MODE_ISO_TEXT;
}

static bool is_date(const vg_column *codec)
{
    return codec->type == VG_TYPE_DATE;
}

/* How many of the codec's units make a second. */
static int64_t scale_of(const vg_column *codec)
{
    switch (vg__codec_mode(codec)) {
    case VG_MODE_SECONDS: return 1;
    case VG_MODE_MILLISECONDS: return 1000;
    default: return 1000000;
    }
}

static void number(vg_render *r, const char *before, int64_t n)
{
    vg__render_text(r, before);
    vg__buf_int(r->out, n);
}

static void times(vg_render *r, int64_t n)
{
    if (n != 1)
        number(r, " * ", n);
}

/* An operand, or the name it has been given. */
static void operand(vg_render *r, const vg_value *v)
{
    if (v)
        vg__render_inner(r, *v, VG_FORM_ARITH);
    else
        vg__render_text(r, "\"t\"");
}

/* Rounded down: (x + first) / by - first / by. */
static void divided(vg_render *r, const vg_value *v, int64_t first, int64_t by)
{
    vg__render_text(r, "(");
    operand(r, v);
    number(r, " + ", first);
    number(r, ") / ", by);
    number(r, " - ", first / by);
}

/* The arguments by which strftime knows the time. */
static void moment(vg_render *r, const vg_value *v, const vg_column *codec)
{
    int64_t scale = scale_of(codec);
    if (is_text(codec) || scale == 1)
        operand(r, v);
    else
        divided(r, v, year_zero * scale, scale);
    if (!is_text(codec))
        vg__render_text(r, ", 'unixepoch'");
}

/* "t" stands for v in what is written next; unname ends it. */
static void name(vg_render *r)
{
    vg__render_text(r, "(select ");
}

static void unname(vg_render *r, const vg_value *v)
{
    vg__render_text(r, " from (select ");
    vg__render_operand(r, *v);
    vg__render_text(r, " as \"t\"))");
}

/* The fraction of a second of "t", in units of the codec. */
static void fraction(vg_render *r, int64_t scale)
{
    number(r, "(\"t\" + ", year_zero * scale);
    number(r, ") % ", scale);
}

/* The fraction is taken off first: strftime would round it up. */
static void text_to_number(vg_render *r, vg_value v, int64_t scale)
{
    if (scale == 1) {
        vg__render_text(r, "cast(strftime('%s', substr(");
        vg__render_operand(r, v);
        vg__render_text(r, ", 1, 19)) as integer)");
        return;
    }
    name(r);
    number(r, "cast(strftime('%s', substr(\"t\", 1, 19)) as integer) * ", scale);
    number(r, " + cast(substr(rtrim(substr(\"t\", 21), 'Z') || '000000', 1, ",
           scale == 1000 ? 3 : 6);
    vg__render_text(r, ") as integer)");
    unname(r, &v);
}

static void number_to_text(vg_render *r, vg_value v, const vg_column *from)
{
    int64_t scale = scale_of(from);
    if (scale == 1) {
        vg__render_text(r, "strftime('%Y-%m-%dT%H:%M:%S.000000Z', ");
        moment(r, &v, from);
        vg__render_text(r, ")");
        return;
    }
    name(r);
    vg__render_text(r, "strftime('%Y-%m-%dT%H:%M:%S', ");
    moment(r, NULL, from);
    vg__render_text(r, ") || printf('.%06dZ', ");
    fraction(r, scale);
    times(r, 1000000 / scale);
    vg__render_text(r, ")");
    unname(r, &v);
}

void vg__sqlite_time_as(vg_render *r, vg_value v, const vg_column *from,
                        const vg_column *to)
{
    int64_t have = scale_of(from), want = scale_of(to);
    vg__render_text(r, "(");
    if (is_text(to) && is_date(to)) {
        vg__render_text(r, "strftime('%Y-%m-%d', ");
        moment(r, &v, from);
        vg__render_text(r, ")");
    } else if (is_text(to) && is_text(from)) {
        operand(r, &v);
        vg__render_text(r, is_date(from) ? " || 'T00:00:00.000000Z'" : "");
    } else if (is_text(to)) {
        number_to_text(r, v, from);
    } else if (is_text(from)) {
        text_to_number(r, v, want);
    } else if (have <= want) {
        operand(r, &v);
        times(r, want / have);
    } else {
        divided(r, &v, year_zero * have, have / want);
    }
    vg__render_text(r, ")");
}

/* ---- functions ---- */

static const int64_t unit_seconds[] = {[VG_UNIT_SECOND] = 1,
                                       [VG_UNIT_MINUTE] = 60,
                                       [VG_UNIT_HOUR] = 3600,
                                       [VG_UNIT_DAY] = 86400,
                                       [VG_UNIT_WEEK] = 604800};

/* What strftime makes of a time and modifiers, stored as `codec`. */
static void begin(vg_render *r, const vg_column *codec)
{
    vg__render_text(r, !is_text(codec)  ? "(cast(strftime('%s', "
                       : is_date(codec) ? "strftime('%Y-%m-%d', "
                                        : "(strftime('%Y-%m-%dT%H:%M:%f', ");
}

static void end(vg_render *r, const vg_column *codec)
{
    vg__render_text(r, !is_text(codec)  ? ") as integer)"
                       : is_date(codec) ? ")"
                                        : ") || '000Z')");
    if (is_text(codec))
        return;
    times(r, scale_of(codec));
    vg__render_text(r, ")");
}

static void part(vg_render *r, const vg_node *x)
{
    static const char *const formats[] = {
        [VG_UNIT_SECOND] = "%S",  [VG_UNIT_MINUTE] = "%M", [VG_UNIT_HOUR] = "%H",
        [VG_UNIT_DAY] = "%d",     [VG_UNIT_MONTH] = "%m",  [VG_UNIT_YEAR] = "%Y",
        [VG_UNIT_WEEKDAY] = "%w", [VG_UNIT_YEARDAY] = "%j"};
    const vg_value *v = x->b.p;
    vg__render_text(r, "cast(strftime('");
    vg__render_text(r, formats[x->type]);
    vg__render_text(r, "', ");
    moment(r, v, codec_of(*v));
    vg__render_text(r, ") as integer)");
}

static void trunc_text(vg_render *r, const vg_value *v, const vg_column *codec,
                       vg_unit unit)
{
    static const char *const formats[] = {
        [VG_UNIT_SECOND] = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', ",
        [VG_UNIT_MINUTE] = "strftime('%Y-%m-%dT%H:%M:00.000000Z', ",
        [VG_UNIT_HOUR] = "strftime('%Y-%m-%dT%H:00:00.000000Z', "};
    vg__render_text(r, formats[unit]);
    moment(r, v, codec);
    vg__render_text(r, ")");
}

static void trunc_time(vg_render *r, const vg_node *x)
{
    static const char *const modifiers[] = {
        [VG_UNIT_DAY] = ", 'start of day'",
        [VG_UNIT_WEEK] = ", '-6 days', 'weekday 1', 'start of day'",
        [VG_UNIT_MONTH] = ", 'start of month'",
        [VG_UNIT_YEAR] = ", 'start of year'"};
    const vg_value *v = x->b.p;
    const vg_column *codec = codec_of(*v);
    int64_t scale = scale_of(codec);
    if (x->type >= VG_UNIT_DAY) {
        begin(r, codec);
        moment(r, v, codec);
        vg__render_text(r, modifiers[x->type]);
        end(r, codec);
    } else if (is_text(codec) && !is_date(codec)) {
        trunc_text(r, v, codec, (vg_unit)x->type);
    } else if (is_text(codec)) {
        vg__render_operand(r, *v);
    } else {
        int64_t by = unit_seconds[x->type] * scale;
        vg__render_text(r, "((");
        operand(r, v);
        number(r, " + ", year_zero * scale);
        number(r, ") / ", by);
        number(r, " * ", by);
        number(r, " - ", year_zero * scale);
        vg__render_text(r, ")");
    }
}

/* ", n || ' days'" */
static void later(vg_render *r, const vg_value *n, vg_unit unit)
{
    static const char *const words[] = {
        [VG_UNIT_SECOND] = " || ' seconds'", [VG_UNIT_MINUTE] = " || ' minutes'",
        [VG_UNIT_HOUR] = " || ' hours'",     [VG_UNIT_DAY] = " || ' days'",
        [VG_UNIT_WEEK] = " * 7) || ' days'", [VG_UNIT_MONTH] = " || ' months'",
        [VG_UNIT_YEAR] = " || ' years'"};
    vg__render_text(r, unit == VG_UNIT_WEEK ? ", (" : ", ");
    if (n)
        vg__render_inner(r, *n, VG_FORM_ARITH);
    else
        vg__render_text(r, "\"n\"");
    vg__render_text(r, words[unit]);
}

static void add(vg_render *r, const vg_node *x)
{
    const vg_value *v = x->b.p;
    const vg_column *codec = codec_of(*v);
    int64_t scale = scale_of(codec);
    vg_unit unit = (vg_unit)x->type;
    if (is_text(codec) || (unit > VG_UNIT_WEEK && scale == 1)) {
        begin(r, codec);
        moment(r, v, codec);
        later(r, v + 1, unit);
        end(r, codec);
    } else if (unit <= VG_UNIT_WEEK) {
        vg__render_text(r, "(");
        operand(r, v);
        vg__render_text(r, " + ");
        vg__render_inner(r, v[1], VG_FORM_ARITH);
        times(r, unit_seconds[unit] * scale);
        vg__render_text(r, ")");
    } else {
        name(r);
        begin(r, codec);
        moment(r, NULL, codec);
        later(r, NULL, unit);
        end(r, codec);
        vg__render_text(r, " + ");
        fraction(r, scale);
        vg__render_text(r, " from (select ");
        vg__render_operand(r, v[0]);
        vg__render_text(r, " as \"t\", ");
        vg__render_operand(r, v[1]);
        vg__render_text(r, " as \"n\"))");
    }
}

static void diff(vg_render *r, const vg_node *x)
{
    const vg_value *v = x->b.p;
    vg__render_text(r, "((");
    for (int i = 0; i < 2; i++) {
        const vg_column *from = codec_of(v[i]);
        vg__render_text(r, i ? " - " : "");
        if (vg__codec_mode(from) == VG_MODE_MICROSECONDS)
            operand(r, &v[i]);
        else
            vg__sqlite_time_as(r, v[i], from, vg__codec_of_type(VG_TYPE_TIMESTAMP));
    }
    number(r, ") / ", unit_seconds[x->type] * 1000000);
    vg__render_text(r, ")");
}

void vg__sqlite_time(vg_render *r, const vg_node *x)
{
    const vg_value *v = x->b.p;
    switch ((vg_op)x->op) {
    case VG_OP_TIME_PART: part(r, x); break;
    case VG_OP_TIME_TRUNC: trunc_time(r, x); break;
    case VG_OP_TIME_ADD: add(r, x); break;
    case VG_OP_TIME_DIFF: diff(r, x); break;
    default: /* TIME_FORMAT */
        vg__render_text(r, "strftime(");
        vg__render_operand(r, v[0]);
        vg__render_text(r, ", ");
        moment(r, &v[1], codec_of(v[1]));
        vg__render_text(r, ")");
        break;
    }
}
