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
    static const char *const names[] = {"COUNT(*", "COUNT(", "SUM(",
                                        "AVG(",    "MIN(",   "MAX("};
    put(out, names[e->op]);
    put(out, e->distinct ? "DISTINCT " : "");
    put_kids(out, e, 0, "");
    put(out, ")");
}

static void put_operation(text *out, const expr *e)
{
    static const char *const compares[] = {
        " = ", " <> ", " > ", " >= ", " < ", " <= ", " IS ", " IS NOT "};
    static const char *const ariths[] = {" + ", " - ", " * ", " / ", " % "};
    static const char *const calls[] = {"LOWER(", "UPPER(", "TRIM(", "LENGTH(", "ABS("};
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
    }
}

static void put_expr(text *out, const expr *e)
{
    put(out, "(");
    put_operation(out, e);
    put(out, ")");
}

static void put_source(text *out, const source *s)
{
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

static void put_query(text *out, const query *q, bool names)
{
    char number[64];
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
    for (int i = 0; i < q->orders; i++) {
        static const char *const directions[] = {"", " ASC", " DESC"};
        put(out, i ? ", " : " ORDER BY ");
        put_expr(out, q->order[i]);
        put(out, directions[q->direction[i]]);
    }
    if (q->limit >= 0 || q->offset > 0) {
        snprintf(number, sizeof number, " LIMIT %" PRId64, q->limit);
        put(out, number);
    }
    if (q->offset > 0) {
        snprintf(number, sizeof number, " OFFSET %" PRId64, q->offset);
        put(out, number);
    }
}

char *write_query(vg_arena *arena, const query *q)
{
    text out = {.arena = arena};
    put_query(&out, q, false);
    return out.at;
}
