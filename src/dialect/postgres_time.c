/* Times in PostgreSQL: a TIMESTAMP is a timestamp with time zone, a DATE a date. What is cut
 * and added to is the time in UTC, whatever zone the session has. */
#include "core/codec.h"
#include "dialect/postgres_render.h"
#include <virga/date.h>

static const char *const spans[] = {
    [VG_UNIT_SECOND] = "second", [VG_UNIT_MINUTE] = "minute",
    [VG_UNIT_HOUR] = "hour",     [VG_UNIT_DAY] = "day",
    [VG_UNIT_WEEK] = "week",     [VG_UNIT_MONTH] = "month",
    [VG_UNIT_YEAR] = "year",     [VG_UNIT_WEEKDAY] = "dow",
    [VG_UNIT_YEARDAY] = "doy"};

/* The time in UTC, without a zone. */
static void in_utc(vg_render *r, vg_value v)
{
    if (vg__pg_is_date(v)) {
        vg__pg_cast(r, v, "timestamp");
        return;
    }
    vg__render_text(r, "(");
    if (vg__pg_is_param(v))
        vg__pg_typed(r, v);
    else
        vg__render_inner(r, v, VG_FORM_ARITH);
    vg__render_text(r, " at time zone 'UTC')");
}

/* A time in UTC without a zone becomes what `v` is. */
static void begin(vg_render *r)
{
    vg__render_text(r, "(");
}

static void end(vg_render *r, vg_value v)
{
    vg__render_text(r, vg__pg_is_date(v) ? ")::date" : " at time zone 'UTC')");
}

void vg__pg_time_as(vg_render *r, vg_value v, const vg_column *from,
                    const vg_column *to)
{
    bool date = to->type == VG_TYPE_DATE;
    (void)from;
    if (vg__pg_class(v) == VG_K_text) { /* ISO text */
        vg__pg_close(r, v);
        vg__render_text(r, "::text::timestamp with time zone");
        if (date)
            vg__render_text(r, " at time zone 'UTC'");
        vg__render_text(r, date ? "::date" : "");
    } else if (vg__pg_is_param(v) && vg_value_kind_of(v) != VG_V_EXPR) {
        vg__render_operand(r, v);
        vg__render_text(r, date ? "::date" : "::timestamp with time zone");
    } else if (vg__pg_is_date(v) == date) {
        vg__render_inner(r, v, VG_FORM_ARITH);
    } else {
        begin(r);
        in_utc(r, v);
        vg__render_text(r, date ? ")::date" : " at time zone 'UTC')");
    }
}

static void part(vg_render *r, const vg_node *x)
{
    const vg_value *v = x->b.p;
    vg__render_text(r, "floor(extract(");
    vg__render_text(r, spans[x->type]);
    vg__render_text(r, " from ");
    in_utc(r, *v);
    vg__render_text(r, "))::bigint");
}

static void trunc_time(vg_render *r, const vg_node *x)
{
    const vg_value *v = x->b.p;
    begin(r);
    vg__render_text(r, "date_trunc('");
    vg__render_text(r, spans[x->type]);
    vg__render_text(r, "', ");
    in_utc(r, *v);
    vg__render_text(r, ")");
    end(r, *v);
}

/* A month after January 31 is March 3: months are added to the first of the month. */
static void add(vg_render *r, const vg_node *x)
{
    const vg_value *v = x->b.p;
    bool months = x->type == VG_UNIT_MONTH || x->type == VG_UNIT_YEAR;
    size_t before = r->param_count;
    vg__render_text(r, vg__pg_is_date(v[0]) ? "(" : "((");
    vg__render_text(r, months ? "date_trunc('month', " : "");
    in_utc(r, v[0]);
    vg__render_text(r, months ? ") + " : " + ");
    vg__pg_cast(r, v[1], "double precision * interval '1 ");
    vg__render_text(r, spans[x->type]);
    vg__render_text(r, "'");
    if (months) {
        size_t after = r->param_count;
        vg__render_again(r, before);
        vg__render_text(r, " + (");
        in_utc(r, v[0]);
        vg__render_again(r, before);
        vg__render_text(r, " - date_trunc('month', ");
        in_utc(r, v[0]);
        vg__render_text(r, "))");
        r->param_count = after;
    }
    if (vg__pg_is_date(v[0]))
        vg__render_text(r, ")::date");
    else
        vg__render_text(r, ") at time zone 'UTC')");
}

static void diff(vg_render *r, const vg_node *x)
{
    static const int64_t seconds[] = {[VG_UNIT_SECOND] = 1,
                                      [VG_UNIT_MINUTE] = 60,
                                      [VG_UNIT_HOUR] = 3600,
                                      [VG_UNIT_DAY] = 86400,
                                      [VG_UNIT_WEEK] = 604800};
    const vg_value *v = x->b.p;
    vg__render_text(r, "trunc(extract(epoch from ");
    in_utc(r, v[0]);
    vg__render_text(r, " - ");
    in_utc(r, v[1]);
    vg__render_text(r, ") / ");
    vg__buf_int(r->out, seconds[x->type]);
    vg__render_text(r, ")::bigint");
}

/* strftime's letters as to_char's, where there is such a pattern; what stands between them
 * is put in quotes. */
static void format(vg_render *r, const vg_node *x)
{
    static const char *const letters[][2] = {
        {"%Y", "YYYY"},       {"%m", "MM"},         {"%d", "DD"},      {"%H", "HH24"},
        {"%M", "MI"},         {"%S", "SS"},         {"%f", "SS.MS"},   {"%j", "DDD"},
        {"%F", "YYYY-MM-DD"}, {"%T", "HH24:MI:SS"}, {"%R", "HH24:MI"}, {"%I", "HH12"},
        {"%p", "AM"},         {"%G", "IYYY"},       {"%V", "IW"},      {"%u", "ID"}};
    enum { COUNT = sizeof letters / sizeof *letters };
    const vg_value *v = x->b.p;
    size_t first = r->param_count;
    /* The format is walked first, but stands second. */
    if (vg__pg_is_param(v[0]))
        r->param_count++;
    else
        vg__render_fail(r, VG_UNSUPPORTED,
                        "FORMAT_TIME on %s takes a format of the program's",
                        r->dialect->name);
    vg__render_text(r, "to_char(");
    in_utc(r, v[1]);
    size_t after = r->param_count;
    vg__render_text(r, ", '\"' || ");
    for (int i = 0; i < COUNT + 2; i++)
        vg__render_text(r, "replace(");
    vg__render_again(r, first);
    vg__pg_typed(r, v[0]);
    vg__render_text(r, ", '\"', '\\\"')");
    for (int i = 0; i < COUNT; i++) {
        vg__render_text(r, ", '");
        vg__render_text(r, letters[i][0]);
        vg__render_text(r, "', '\"");
        vg__render_text(r, letters[i][1]);
        vg__render_text(r, "\"')");
    }
    vg__render_text(r, ", '%%', '%') || '\"')");
    r->param_count = after;
}

void vg__pg_time(vg_render *r, const vg_node *x)
{
    switch ((vg_op)x->op) {
    case VG_OP_TIME_PART: part(r, x); break;
    case VG_OP_TIME_TRUNC: trunc_time(r, x); break;
    case VG_OP_TIME_ADD: add(r, x); break;
    case VG_OP_TIME_DIFF: diff(r, x); break;
    default: format(r, x); break;
    }
}
