/* The other opinion: the tree as SQL text. It knows nothing of Virga's renderer and is as
 * plain as can be: every operator in parentheses, every column qualified, every value
 * written out. */
#include "query.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct text {
    vg_arena *arena;
    char *at;
    size_t len, room;
} text;

static void put(text *out, const char *s)
{
    size_t len = strlen(s);
    if (out->len + len + 1 > out->room) {
        size_t room = (out->len + len + 1) * 2;
        char *grown = take(out->arena, room);
        if (out->len)
            memcpy(grown, out->at, out->len);
        out->at = grown;
        out->room = room;
    }
    memcpy(out->at + out->len, s, len + 1);
    out->len += len;
}

static void put_quoted(text *out, const char *s, char quote)
{
    char one[3] = {quote, '\0', '\0'};
    put(out, one);
    for (; *s; s++) {
        one[0] = *s;
        one[1] = *s == quote ? quote : '\0';
        put(out, one);
    }
    one[0] = quote;
    one[1] = '\0';
    put(out, one);
}

static void put_query(text *out, const query *q, bool names);
static void put_expr(text *out, const expr *e);

/* Integers are sums: SQLite takes a bare one in ORDER BY for a position, and folds AND 0 so
 * early that it finds fewer mistakes than with a parameter. */
static void put_value(text *out, const expr *e)
{
    char number[64];
    switch (e->type) {
    case TEXT_: put_quoted(out, e->text, '\''); return;
    case REAL_: snprintf(number, sizeof number, "%.2f", e->real); break;
    default: snprintf(number, sizeof number, "%" PRId64 " + 0", e->integer); break;
    }
    put(out, number);
}

static const char *const thing_columns[] = {"id",     "the \"i\"", "j", "r",
                                            "select", "u",         "b"};
static const char *const part_columns[] = {"id", "thing_id", "n", "x", "s", "f"};
static const char *const field_names[] = {"f0", "f1", "f2", "f3"};

static void put_column(text *out, const expr *e)
{
    const source *s = e->source;
    put_quoted(out, s->alias, '"');
    put(out, ".");
    put_quoted(out,
               s->table < 0 ? field_names[e->column]
               : s->table   ? part_columns[e->column]
                            : thing_columns[e->column],
               '"');
}

/* kid between kid between ... */
static void put_kids(text *out, const expr *e, int from, const char *between)
{
    for (int i = from; i < e->kids; i++) {
        put(out, i > from ? between : "");
        put_expr(out, e->kid[i]);
    }
}

static void put_in(text *out, const expr *e)
{
    char number[32];
    put_expr(out, e->kid[0]);
    put(out, e->op ? " NOT IN (" : " IN (");
    if (e->kind == K_IN)
        put_kids(out, e, 1, ", ");
    else if (e->kind == K_IN_QUERY)
        put_query(out, e->query, false);
    else if (!e->array_len)
        put(out, "SELECT 1 WHERE 0"); /* the empty set */
    for (int i = 0; i < e->array_len; i++) {
        snprintf(number, sizeof number, "%s%" PRId64, i ? ", " : "", e->array[i]);
        put(out, number);
    }
    put(out, ")");
}

static void put_aggregate(text *out, const expr *e)
{
    static const char *const names[] = {"COUNT(*", "COUNT(", "SUM(",   "AVG(",
                                        "MIN(",    "MAX(",   "TOTAL(", "GROUP_CONCAT("};
    put(out, names[e->op]);
    put(out, e->distinct ? "DISTINCT " : "");
    put_kids(out, e, 0, ", ");
    put(out, ")");
    if (e->filter) {
        put(out, " FILTER (WHERE ");
        put_expr(out, e->filter);
        put(out, ")");
    }
}

static void put_list(text *out, const char *word, expr *const *list, int count);

static void put_order(text *out, const char *word, expr *const *list,
                      const int *directions, int count)
{
    static const char *const words[] = {"", " ASC", " DESC"};
    for (int i = 0; i < count; i++) {
        put(out, i ? ", " : word);
        put_expr(out, list[i]);
        put(out, words[directions[i]]);
    }
}

static void put_bound(text *out, vg_bound b)
{
    static const char *const words[] = {"UNBOUNDED PRECEDING", " PRECEDING",
                                        "CURRENT ROW", " FOLLOWING",
                                        "UNBOUNDED FOLLOWING"};
    char number[32] = "";
    if (b.kind == VG_BOUND_BEFORE || b.kind == VG_BOUND_AFTER)
        snprintf(number, sizeof number, "%" PRId64, b.n);
    put(out, number);
    put(out, words[b.kind]);
}

static void put_window(text *out, const window *w)
{
    static const char *const units[] = {" ROWS BETWEEN ", " RANGE BETWEEN ",
                                        " GROUPS BETWEEN "};
    static const char *const excludes[] = {" EXCLUDE NO OTHERS", " EXCLUDE CURRENT ROW",
                                           " EXCLUDE GROUP", " EXCLUDE TIES"};
    put(out, "(");
    put_list(out, "PARTITION BY ", w->partition, w->partitions);
    put_order(out, " ORDER BY ", w->order, w->direction, w->orders);
    if (w->framed) {
        put(out, units[w->unit]);
        put_bound(out, w->start);
        put(out, " AND ");
        put_bound(out, w->end);
        put(out, excludes[w->exclude]);
    }
    put(out, ")");
}

static void put_over(text *out, const expr *e)
{
    put(out, " OVER ");
    if (e->over->name)
        put_quoted(out, e->over->name, '"');
    else
        put_window(out, e->over);
}

static void put_call(text *out, const char *name, const expr *e)
{
    put(out, name);
    put(out, "(");
    put_kids(out, e, 0, ", ");
    put(out, ")");
}

static void put_case(text *out, const expr *e)
{
    put(out, "CASE");
    for (int i = 0; i < e->kids; i++) {
        put(out, i % 2 ? " THEN " : i + 1 == e->kids ? " ELSE " : " WHEN ");
        put_expr(out, e->kid[i]);
    }
    put(out, " END");
}

/* No LIKE: both in lower case, which is what ASCII's LIKE compares. */
static void put_search(text *out, const expr *e)
{
    static const char *const forms[] = {
        "INSTR(LOWER(@), LOWER(#)) > 0", "SUBSTR(LOWER(@), 1, LENGTH(#)) = LOWER(#)",
        ("LENGTH(@) >= LENGTH(#) AND "
         "SUBSTR(LOWER(@), LENGTH(@) - LENGTH(#) + 1) = LOWER(#)")};
    for (const char *at = forms[e->op]; *at; at++) {
        if (*at == '@' || *at == '#')
            put_expr(out, e->kid[*at == '#']);
        else
            put(out, (const char[2]){*at, '\0'});
    }
}

static void put_rows(text *out, const expr *e, const char *op)
{
    for (int i = 0; i < e->kids; i++) {
        put(out, i == 0 ? "(" : i == e->kids / 2 ? op : ", ");
        put_expr(out, e->kid[i]);
    }
    put(out, ")");
}

static void put_operation(text *out, const expr *e)
{
    static const char *const compares[] = {
        " = ", " <> ", " > ", " >= ", " < ", " <= ", " IS ", " IS NOT "};
    static const char *const ariths[] = {" + ", " - ", " * ", " / ", " % "};
    static const char *const calls[] = {"LOWER(", "UPPER(", "TRIM(", "LENGTH(", "ABS("};
    static const char *const choices[] = {"NULLIF", "MAX", "MIN"};
    static const char *const bits[] = {" & ", " | ", " << ", " >> "};
    static const char *const row_compares[] = {") = (",  ") <> (", ") > (",
                                               ") >= (", ") < (",  ") <= ("};
    static const char *const casts[] = {" AS INTEGER)", " AS REAL)", " AS TEXT)"};
    static const char *const functions[] = {"SUBSTR", "INSTR", "REPLACE", "LTRIM",
                                            "RTRIM",  "TRIM",  "HEX",     "UNICODE",
                                            "CHAR",   "ROUND", "SIGN"};
    static const char *const windows[] = {
        "ROW_NUMBER", "RANK", "DENSE_RANK",  "NTILE",      "PERCENT_RANK", "CUME_DIST",
        "LAG",        "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE"};
    switch (e->kind) {
    case K_COLUMN: put_column(out, e); break;
    case K_VALUE: put_value(out, e); break;
    case K_COMPARE: put_kids(out, e, 0, compares[e->op]); break;
    case K_LIKE: put_kids(out, e, 0, e->op ? " NOT LIKE " : " LIKE "); break;
    case K_ARITH: put_kids(out, e, 0, ariths[e->op]); break;
    case K_CONCAT: put_kids(out, e, 0, " || "); break;
    case K_LOGIC: put_kids(out, e, 0, e->op ? " OR " : " AND "); break;
    case K_CALL:
        put(out, calls[e->op]);
        put_kids(out, e, 0, "");
        put(out, ")");
        break;
    case K_COALESCE:
        put(out, "COALESCE(");
        put_kids(out, e, 0, ", ");
        put(out, ")");
        break;
    case K_NEGATE: put(out, "- "), put_expr(out, e->kid[0]); break;
    case K_NOT: put(out, "NOT "), put_expr(out, e->kid[0]); break;
    case K_NULL:
        put_expr(out, e->kid[0]);
        put(out, e->op ? " IS NOT NULL" : " IS NULL");
        break;
    case K_BETWEEN:
        put_expr(out, e->kid[0]);
        put(out, e->op ? " NOT BETWEEN " : " BETWEEN ");
        put_kids(out, e, 1, " AND ");
        break;
    case K_IN:
    case K_IN_ARRAY:
    case K_IN_QUERY: put_in(out, e); break;
    case K_SCALAR: put_query(out, e->query, false); break;
    case K_EXISTS:
        put(out, e->op ? "NOT EXISTS (" : "EXISTS (");
        put_query(out, e->query, false);
        put(out, ")");
        break;
    case K_AGGREGATE: put_aggregate(out, e); break;
    case K_WINDOW: put_call(out, windows[e->op], e); break;
    case K_CASE: put_case(out, e); break;
    case K_CHOICE: put_call(out, choices[e->op], e); break;
    case K_FUNCTION: put_call(out, functions[e->op], e); break;
    case K_BITS: put_kids(out, e, 0, bits[e->op]); break;
    case K_BIT_NOT: put(out, "~ "), put_expr(out, e->kid[0]); break;
    case K_SEARCH: put_search(out, e); break;
    case K_ROWS: put_rows(out, e, row_compares[e->op]); break;
    case K_CAST:
        put(out, "CAST(");
        put_expr(out, e->kid[0]);
        put(out, casts[e->type]);
        break;
    }
    if (e->over)
        put_over(out, e);
}

static void put_expr(text *out, const expr *e)
{
    put(out, "(");
    put_operation(out, e);
    put(out, ")");
}

static void put_source(text *out, const source *s)
{
    if (s->cte) {
        put_quoted(out, s->alias, '"');
        return;
    }
    if (s->table < 0) {
        put(out, "(");
        put_query(out, s->derived, true);
        put(out, ")");
    } else {
        put_quoted(out, s->table ? "a part" : "things", '"');
    }
    put(out, " AS ");
    put_quoted(out, s->alias, '"');
}

static void put_join(text *out, const join *j)
{
    static const char *const words[] = {[VG_JOIN_INNER] = " JOIN ",
                                        [VG_JOIN_LEFT] = " LEFT OUTER JOIN ",
                                        [VG_JOIN_RIGHT] = " RIGHT OUTER JOIN ",
                                        [VG_JOIN_FULL] = " FULL OUTER JOIN ",
                                        [VG_JOIN_CROSS] = " CROSS JOIN "};
    put(out, words[j->kind]);
    put_source(out, j->source);
    if (j->kind != VG_JOIN_CROSS) {
        put(out, " ON ");
        if (j->on)
            put_expr(out, j->on);
        else
            put(out, "(1)");
    }
}

static void put_list(text *out, const char *word, expr *const *list, int count)
{
    for (int i = 0; i < count; i++) {
        put(out, i ? ", " : word);
        put_expr(out, list[i]);
    }
}

/* WITH has the queries of FROM and of the joins that are to stand there. */
static void put_ctes(text *out, const query *q)
{
    static const char *const kept[] = {" AS (", " AS MATERIALIZED (",
                                       " AS NOT MATERIALIZED ("};
    const char *word = "WITH RECURSIVE "; /* which need not be so */
    for (int i = -1; i < q->joins; i++) {
        const source *s = i < 0 ? q->from : q->join[i].source;
        if (!s->cte || s->derived == NULL)
            continue;
        put(out, word);
        put_quoted(out, s->alias, '"');
        put(out, kept[s->kept / 2]);
        put_query(out, s->derived, true);
        put(out, ")");
        word = ", ";
    }
    put(out, " ");
}

static void put_limit(text *out, const query *q)
{
    char number[64];
    if (q->limit >= 0 || q->offset > 0) {
        snprintf(number, sizeof number, " LIMIT %" PRId64, q->limit);
        put(out, number);
    }
    if (q->offset > 0) {
        snprintf(number, sizeof number, " OFFSET %" PRId64, q->offset);
        put(out, number);
    }
}

/* Every operand as a table of its own, so that nothing of it can be the whole's. */
static void put_set(text *out, const query *q, bool names)
{
    static const char *const words[] = {" UNION ",     " UNION ALL ", " INTERSECT ",
                                        " INTERSECT ", " EXCEPT ",    " EXCEPT "};
    static const char *const directions[] = {"", " ASC", " DESC"};
    char number[32];
    put(out, q->self ? "" : "SELECT * FROM (");
    put_query(out, q->first, names);
    put(out, q->self ? "" : ")");
    for (int i = 0; i < q->operands; i++) {
        put(out, words[q->op[i]]);
        put(out, q->self ? "" : "SELECT * FROM (");
        put_query(out, q->operand[i], false);
        put(out, q->self ? "" : ")");
    }
    for (int i = 0; i < q->positions; i++) {
        snprintf(number, sizeof number, "%d", q->position[i] + 1);
        put(out, i ? ", " : " ORDER BY ");
        put(out, number);
        put(out, directions[q->direction[i]]);
    }
    put_limit(out, q);
}

static void put_query(text *out, const query *q, bool names)
{
    if (q->first) {
        put_set(out, q, names);
        return;
    }
    put_ctes(out, q);
    put(out, q->distinct ? "SELECT DISTINCT " : "SELECT ");
    for (int i = 0; i < q->fields; i++) {
        put(out, i ? ", " : "");
        put_expr(out, q->field[i]);
        if (names) {
            put(out, " AS ");
            put_quoted(out, field_names[i], '"');
        }
    }
    put(out, " FROM ");
    put_source(out, q->from);
    for (int i = 0; i < q->joins; i++)
        put_join(out, &q->join[i]);
    put_list(out, " WHERE ", &q->where, q->where != NULL);
    put_list(out, " GROUP BY ", q->group, q->groups);
    put_list(out, " HAVING ", &q->having, q->having != NULL);
    for (int i = 0; i < q->windows; i++) {
        put(out, i ? ", " : " WINDOW ");
        put_quoted(out, q->window[i]->name, '"');
        put(out, " AS ");
        put_window(out, q->window[i]);
    }
    put_order(out, " ORDER BY ", q->order, q->direction, q->orders);
    put_limit(out, q);
}

char *write_query(vg_arena *arena, const query *q)
{
    text out = {.arena = arena};
    put_query(&out, q, false);
    return out.at;
}
