/* Random queries that are valid SQL and have one answer: what LIMIT cuts is in a total
 * order, sums are exact in any order, integers seldom overflow. */
#include "generate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 8 };

unsigned pick(gen *g, unsigned n)
{
    *g->seed = *g->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*g->seed >> 33) % n;
}

bool chance(gen *g, unsigned percent)
{
    return pick(g, 100) < percent;
}

void *take(vg_arena *arena, size_t size)
{
    void *p = vg_arena_alloc(arena, size);
    if (!p)
        abort();
    return memset(p, 0, size);
}

/* ---- data ---- */

static const char *const words[] = {"",       "a",   "A",  "ab",   "aB c", "?",
                                    "it's",   "%",   "_b", "ünï",  "10",   "9",
                                    "x\"y\"", " a ", "?1", "a?b%", "--",   "null"};
enum { WORDS = sizeof words / sizeof *words };

static const int64_t big[] = {INT64_MAX, INT64_MIN + 1, INT64_C(1) << 53,
                              -(INT64_C(1) << 31), 1000000007};

static int64_t any_integer(gen *g)
{
    return chance(g, 4) ? big[pick(g, 5)] : (int64_t)pick(g, 21) - 10;
}

static double any_real(gen *g)
{
    return ((double)pick(g, 81) - 40) / 4;
}

static void text_literal(char *out, const char *text)
{
    *out++ = '\'';
    for (; *text; text++) {
        if (*text == '\'')
            *out++ = '\'';
        *out++ = *text;
    }
    *out++ = '\'';
    *out = '\0';
}

char *generate_data(vg_arena *arena, uint64_t *seed)
{
    gen g = {.arena = arena, .seed = seed};
    enum { ROOM = 8192 };
    char *out = take(arena, ROOM), t[64], u[64], i[32], r[32];
    size_t at = 0;
    for (int row = 0; row < ROWS; row++) {
        snprintf(i, sizeof i, chance(&g, 20) ? "null" : "%" PRId64, any_integer(&g));
        snprintf(r, sizeof r, chance(&g, 20) ? "null" : "%.2f", any_real(&g));
        text_literal(u, words[pick(&g, WORDS)]);
        text_literal(t, words[pick(&g, WORDS)]);
        at += (size_t)snprintf(
            out + at, ROOM - at,
            "insert into things values (%d, %s, %d, %s, %s, %s, %s);\n", row + 1, i,
            (int)pick(&g, 9) - 4, r, chance(&g, 20) ? "null" : t, u,
            chance(&g, 20)   ? "null"
            : chance(&g, 50) ? "true"
                             : "false");
    }
    for (int row = 0; row < ROWS; row++) {
        snprintf(i, sizeof i, chance(&g, 20) ? "null" : "%u", pick(&g, ROWS + 2));
        text_literal(t, words[pick(&g, WORDS)]);
        at += (size_t)snprintf(
            out + at, ROOM - at,
            "insert into \"a part\" values (%d, %s, %d, %.2f, %s, %s);\n", row + 1, i,
            (int)pick(&g, 7) - 3, any_real(&g), chance(&g, 20) ? "null" : t,
            pick(&g, 2) ? "true" : "false");
    }
    return out;
}

/* ---- sources ---- */

const char *new_name(gen *g)
{
    char name[16];
    snprintf(name, sizeof name, "s%d", g->names++);
    return vg_arena_text(g->arena, name, strlen(name));
}

static const type thing_types[] = {INT_, INT_, INT_, REAL_, TEXT_, TEXT_, BOOL_};
static const type part_types[] = {INT_, INT_, INT_, REAL_, TEXT_, BOOL_};

int column_count(const source *s)
{
    return s->table < 0 ? s->derived->fields : s->table ? 6 : 7;
}

type column_type(const source *s, int column)
{
    return s->table < 0 ? s->derived->field[column]->type
           : s->table   ? part_types[column]
                        : thing_types[column];
}

source *make_source(gen *g)
{
    source *s = take(g->arena, sizeof *s);
    s->table = (int)pick(g, 2);
    if (g->nesting < MAX_NESTING && chance(g, 15)) {
        gen inner = *g; /* sees what is outside of the query, but no neighbour */
        type types[MAX_FIELDS];
        int fields = 1 + (int)pick(g, 3);
        for (int i = 0; i < fields; i++)
            types[i] = (type)pick(g, TYPES);
        inner.scope_len = g->scope_from;
        inner.nesting++;
        s->table = -1;
        s->cte = g->scope_from == 0 && chance(g, 50);
        s->kept = s->cte ? pick(g, 3) * VG_CTE_KEPT_BIT : 0;
        s->derived = s->cte && chance(g, 30) ? make_recursive(&inner, s, fields, types)
                                             : make_query(&inner, fields, types);
        g->names = inner.names;
    }
    if (!s->alias)
        s->alias = new_name(g);
    g->scope[g->scope_len++] = s;
    return s;
}

/* ---- expressions ---- */

expr *new_expr(gen *g, expr_kind kind, type t, unsigned op)
{
    expr *e = take(g->arena, sizeof *e);
    e->kind = kind;
    e->type = t;
    e->op = op;
    return e;
}

expr *with(expr *e, expr *kid)
{
    e->kid[e->kids++] = kid;
    return e;
}

expr *number_value(gen *g, int64_t n)
{
    expr *e = new_expr(g, K_VALUE, INT_, 0);
    e->integer = n;
    return e;
}

expr *value(gen *g, type t)
{
    expr *e = new_expr(g, K_VALUE, t, 0);
    e->integer = t == BOOL_ ? (int64_t)pick(g, 2) : any_integer(g);
    e->real = any_real(g);
    e->text = words[pick(g, WORDS)];
    return e;
}

/* A column of that type, mostly of the innermost query; NULL if there is none. */
expr *column(gen *g, type t)
{
    for (int tries = 0; tries < 30 && g->scope_len; tries++) {
        bool own = g->scope_len > g->scope_from && (g->own_only || chance(g, 80));
        int from = own ? g->scope_from : 0;
        source *s = g->scope[from + (int)pick(g, (unsigned)(g->scope_len - from))];
        int n = (int)pick(g, (unsigned)column_count(s));
        if (column_type(s, n) != t)
            continue;
        expr *e = new_expr(g, K_COLUMN, t, 0);
        e->source = s;
        e->column = n;
        return e;
    }
    return NULL;
}

static expr *leaf(gen *g, type t)
{
    expr *e = chance(g, 75) ? column(g, t) : NULL;
    return e ? e : value(g, t);
}

static query *inner_query(gen *g, int fields, const type *types)
{
    gen inner = *g;
    inner.scope_from = g->scope_len;
    inner.nesting++;
    inner.one_value = true;
    query *q = make_query(&inner, fields, types);
    g->names = inner.names;
    return q;
}

static bool may_nest(gen *g)
{
    return g->nesting < MAX_NESTING && g->scope_len + MAX_JOINS + 1 < MAX_SCOPE * 4;
}

/* (select max(...) ...): one row at most, whatever the data. */
static expr *scalar(gen *g, type t)
{
    expr *e = new_expr(g, K_SCALAR, t, 0);
    gen inner = *g;
    inner.scope_from = g->scope_len;
    inner.nesting++;
    query *q = take(g->arena, sizeof *q);
    q->limit = q->offset = -1;
    q->from = make_source(&inner);
    q->fields = 1;
    q->where = chance(g, 60) ? make(&inner, BOOL_, 2) : NULL;
    q->field[0] = aggregate(&inner, t);
    g->names = inner.names;
    e->query = q;
    return e;
}

static expr *condition(gen *g, int depth)
{
    type t = (type)pick(g, TYPES);
    expr *e;
    switch (pick(g, 16)) {
    case 0:
    case 1:
    case 2:
        e = new_expr(g, K_COMPARE, BOOL_, pick(g, 8));
        return with(with(e, make(g, t, depth - 1)), make(g, t, depth - 1));
    case 3:
        e = new_expr(g, K_LIKE, BOOL_, pick(g, 2));
        return with(with(e, make(g, TEXT_, depth - 1)), value(g, TEXT_));
    case 4: return with(new_expr(g, K_NULL, BOOL_, pick(g, 2)), make(g, t, depth - 1));
    case 5:
        e = new_expr(g, K_BETWEEN, BOOL_, pick(g, 2));
        t = t == BOOL_ ? INT_ : t;
        for (int i = 0; i < 3; i++)
            with(e, make(g, t, depth - 1));
        return e;
    case 6:
        e = new_expr(g, K_IN, BOOL_, pick(g, 2));
        for (unsigned i = 2 + pick(g, 3); i > 0; i--)
            with(e, make(g, t, depth - 1));
        return e;
    case 7:
        e = with(new_expr(g, K_IN_ARRAY, BOOL_, pick(g, 2)), make(g, INT_, depth - 1));
        /* An empty array is a literal false, and SQLite 3.40 forgets the rows of a FULL JOIN
         * when the join before it says ON false. */
        e->array_len = g->in_join ? 1 + (int)pick(g, 3) : (int)pick(g, 4);
        e->array = take(g->arena, sizeof *e->array * 4);
        for (int i = 0; i < e->array_len; i++)
            e->array[i] = any_integer(g);
        return e;
    case 8:
        if (!may_nest(g))
            return leaf(g, BOOL_);
        e = with(new_expr(g, K_IN_QUERY, BOOL_, pick(g, 2)), make(g, t, depth - 1));
        e->query = inner_query(g, 1, &t);
        return e;
    case 9:
        if (!may_nest(g))
            return leaf(g, BOOL_);
        e = new_expr(g, K_EXISTS, BOOL_, pick(g, 2));
        e->query = inner_query(g, 1, &t);
        return e;
    case 10: return with(new_expr(g, K_NOT, BOOL_, 0), make(g, BOOL_, depth - 1));
    case 11:
    case 12:
    case 13:
        e = new_expr(g, K_LOGIC, BOOL_, pick(g, 2));
        for (unsigned i = 1 + pick(g, MAX_KIDS); i > 0; i--)
            with(e, make(g, BOOL_, depth - 1));
        return e;
    default: return leaf(g, BOOL_);
    }
}

static expr *number(gen *g, type t, int depth)
{
    expr *e;
    switch (pick(g, 10)) {
    case 0:
    case 1:
    case 2:
        e = new_expr(g, K_ARITH, t, pick(g, t == INT_ ? 5 : 4));
        return with(with(e, make(g, t, depth - 1)), make(g, t, depth - 1));
    case 3: return with(new_expr(g, K_NEGATE, t, 0), make(g, t, depth - 1));
    case 4: return with(new_expr(g, K_CALL, t, 4), make(g, t, depth - 1));
    case 5:
        if (t == INT_)
            return with(new_expr(g, K_CALL, INT_, 3), make(g, TEXT_, depth - 1));
        return leaf(g, t);
    case 6:
        e = new_expr(g, K_COALESCE, t, pick(g, 2));
        return with(with(e, make(g, t, depth - 1)), make(g, t, depth - 1));
    case 7: return may_nest(g) ? scalar(g, t) : leaf(g, t);
    default: return leaf(g, t);
    }
}

static expr *text(gen *g, int depth)
{
    expr *e;
    switch (pick(g, 8)) {
    case 0:
    case 1:
        return with(new_expr(g, K_CALL, TEXT_, pick(g, 3)), make(g, TEXT_, depth - 1));
    case 2:
    case 3:
        e = new_expr(g, K_CONCAT, TEXT_, 0);
        return with(with(e, make(g, TEXT_, depth - 1)), make(g, TEXT_, depth - 1));
    case 4:
        e = new_expr(g, K_COALESCE, TEXT_, pick(g, 2));
        return with(with(e, make(g, TEXT_, depth - 1)), make(g, TEXT_, depth - 1));
    case 5: return may_nest(g) ? scalar(g, TEXT_) : leaf(g, TEXT_);
    default: return leaf(g, TEXT_);
    }
}

expr *make(gen *g, type t, int depth)
{
    if (depth <= 0)
        return leaf(g, t);
    if (chance(g, 25))
        return form(g, t, depth);
    switch (t) {
    case BOOL_: return condition(g, depth);
    case TEXT_: return text(g, depth);
    default: return number(g, t, depth);
    }
}

/* An aggregate of that type over the innermost query's rows. */
expr *aggregate(gen *g, type t)
{
    expr *e = new_expr(g, K_AGGREGATE, t, 4 + pick(g, 2));
    type of = t;
    if (t == INT_ && chance(g, 60)) {
        e->op = pick(g, 2);
        of = (type)pick(g, TYPES);
    } else if (t == INT_ && chance(g, 40)) {
        e->op = 2;
    } else if (t == REAL_ && chance(g, 60)) {
        e->op = 2 + pick(g, 2);
    }
    e->distinct = e->op >= 1 && e->op <= 3 && chance(g, 30);
    if (e->op == 0)
        return filtered(g, e);
    if (e->op == 2 && t == REAL_ && !e->distinct && chance(g, 30))
        e->op = 6;
    /* Sums over columns alone: what is computed could lose digits by the order. An aggregate
     * of another query's columns would belong to that one. */
    bool own_only = g->own_only;
    g->own_only = true;
    expr *x = e->op == 2 || e->op == 3 || e->op == 6 ? column(g, of) : make(g, of, 1);
    g->own_only = own_only;
    return filtered(g, with(e, x ? x : value(g, of)));
}

/* A term of an order or group: no constant, which decides nothing, and no column of the
 * queries around, which SQLite does not look for there. */
expr *term(gen *g)
{
    expr *e = NULL;
    bool own_only = g->own_only;
    g->own_only = true;
    for (int tries = 0; tries < 20 && !e; tries++) {
        e = make(g, (type)pick(g, TYPES), 1);
        if (e->kind != K_COLUMN && !(e->kids && e->kid[0]->kind == K_COLUMN))
            e = NULL;
    }
    for (int t = 0; t < TYPES && !e; t++)
        e = column(g, (type)t);
    g->own_only = own_only;
    return e;
}
