/* Random queries: what stands in them is generate.c's. */
#include "generate.h"

static expr *grouped(gen *g, const query *q, type t)
{
    if (chance(g, 50))
        for (int i = 0; i < q->groups; i++)
            if (q->group[i]->type == t)
                return q->group[i];
    if (t == BOOL_) {
        type of = (type)pick(g, TYPES - 1);
        expr *e = new_expr(g, K_COMPARE, BOOL_, pick(g, 8));
        return with(with(e, aggregate(g, of)), value(g, of));
    }
    return aggregate(g, t);
}

static void add_joins(gen *g, query *q)
{
    static const vg_join kinds[] = {VG_JOIN_INNER, VG_JOIN_LEFT,  VG_JOIN_LEFT,
                                    VG_JOIN_RIGHT, VG_JOIN_CROSS, VG_JOIN_FULL};
    unsigned count = pick(g, 10);
    q->joins = count < 5 ? 0 : count < 8 || g->nesting ? 1 : 2;
    for (int i = 0; i < q->joins; i++) {
        join *j = &q->join[i];
        j->kind = kinds[pick(g, 6)];
        j->source = make_source(g);
        g->in_join = true;
        j->on = j->kind == VG_JOIN_CROSS || chance(g, 5) ? NULL : make(g, BOOL_, 2);
        g->in_join = false;
    }
}

static void add_order(gen *g, query *q)
{
    if (!q->distinct && !q->groups)
        for (unsigned i = pick(g, 3); i > 0; i--) {
            expr *e = term(g);
            if (e)
                q->order[q->orders++] = e;
        }
    /* All fields, so that rows which tie are the same; a constant decides nothing. */
    for (int i = 0; i < q->fields; i++)
        if (q->field[i]->kind != K_VALUE)
            q->order[q->orders++] = q->field[i];
    for (int i = 0; i < q->orders; i++)
        q->direction[i] = (int)pick(g, 3);
    if (q->orders && chance(g, 50))
        q->limit = (int64_t)pick(g, 12);
    if (q->orders && chance(g, 20))
        q->offset = 1 + (int64_t)pick(g, 5);
}

static query *make_one(gen *g, int fields, const type *types)
{
    query *q = take(g->arena, sizeof *q);
    int depth = 3 - g->nesting;
    bool ordered = chance(g, 60), own_only = g->own_only;
    q->limit = q->offset = -1;
    q->from = make_source(g);
    add_joins(g, q);
    q->where = chance(g, 60) ? make(g, BOOL_, depth) : NULL;
    bool aggregates = chance(g, 25);
    if (aggregates && chance(g, 80))
        for (unsigned i = 1 + pick(g, 2); i > 0; i--) {
            expr *e = term(g);
            if (e)
                q->group[q->groups++] = e;
        }
    q->distinct = !aggregates && chance(g, 15);
    q->fields = fields;
    g->own_only |= ordered; /* the fields come again in the order */
    for (int i = 0; i < fields; i++)
        q->field[i] = aggregates      ? grouped(g, q, types[i])
                      : chance(g, 15) ? window_expr(g, q, types[i])
                                      : make(g, types[i], depth);
    if (q->groups && chance(g, 40))
        q->having = grouped(g, q, BOOL_);
    if (ordered)
        add_order(g, q);
    g->own_only = own_only;
    return q;
}

/* Of the same types, some of them made of several. */
static query *make_set(gen *g, int fields, const type *types, bool one_value)
{
    query *q = take(g->arena, sizeof *q);
    q->limit = q->offset = -1;
    q->fields = fields;
    q->operands = 1 + (int)pick(g, MAX_OPERANDS);
    for (int i = -1; i < q->operands; i++) {
        static const vg_set_op ops[] = {VG_SET_UNION, VG_SET_UNION_ALL,
                                        VG_SET_INTERSECT, VG_SET_EXCEPT};
        gen inner = *g;
        inner.nesting++;
        inner.one_value = one_value;
        query *one = make_query(&inner, fields, types);
        g->names = inner.names;
        if (i < 0)
            q->first = one;
        else
            q->operand[i] = one, q->op[i] = ops[pick(g, 4)];
    }
    for (int i = 0; i < fields; i++)
        q->field[i] = q->first->field[i];
    query *first = q->first;
    q->wrapped = first->first || first->orders || first->limit >= 0 ||
                 first->offset > 0 || chance(g, 20);
    if (one_value || chance(g, 40))
        return q;
    for (int i = 0; i < fields; i++) {
        q->position[q->positions++] = fields - 1 - i;
        q->direction[i] = (int)pick(g, 3);
    }
    if (chance(g, 50))
        q->limit = (int64_t)pick(g, 12);
    if (chance(g, 20))
        q->offset = 1 + (int64_t)pick(g, 5);
    return q;
}

query *make_query(gen *g, int fields, const type *types)
{
    bool one_value = g->one_value;
    g->one_value = false;
    if (g->nesting < MAX_NESTING && chance(g, 12))
        return make_set(g, fields, types, one_value);
    return make_one(g, fields, types);
}

/* Its first field counts up from a small number to a bound, which ends it. */
query *make_recursive(gen *g, source *cte, int fields, type *types)
{
    query *q = take(g->arena, sizeof *q), *first = take(g->arena, sizeof *q),
          *next = take(g->arena, sizeof *q);
    source *things_again = take(g->arena, sizeof *things_again);
    *q = (query){.limit = -1, .offset = -1, .fields = fields, .first = first};
    *first = *next = (query){.limit = -1, .offset = -1, .fields = fields};
    types[0] = INT_;
    g->nesting = MAX_NESTING; /* no queries inside */
    g->own_only = true;
    things_again->alias = new_name(g);
    first->from = g->scope[g->scope_len++] = things_again;
    for (int i = 0; i < fields; i++)
        first->field[i] = q->field[i] = make(g, types[i], 1);
    first->field[0] = q->field[0] = new_expr(g, K_COLUMN, INT_, 0);
    first->field[0]->source = things_again;
    first->field[0]->column = 2;
    cte->alias = new_name(g);
    q->self = next->from = take(g->arena, sizeof *q->self);
    *q->self = (source){.table = -1, .alias = cte->alias, .derived = q, .cte = true};
    g->scope[g->scope_len - 1] = q->self;
    for (int i = 0; i < fields; i++)
        next->field[i] = make(g, types[i], 1);
    expr *n = new_expr(g, K_COLUMN, INT_, 0);
    n->source = q->self;
    next->field[0] = with(with(new_expr(g, K_ARITH, INT_, 0), n), number_value(g, 1));
    next->where = with(with(new_expr(g, K_COMPARE, BOOL_, 4), n), number_value(g, 7));
    q->self->derived = NULL;
    q->operands = 1;
    q->operand[0] = next;
    q->op[0] = chance(g, 50) ? VG_SET_UNION : VG_SET_UNION_ALL;
    return q;
}

query *generate_query(vg_arena *arena, uint64_t *seed)
{
    gen g = {.arena = arena, .seed = seed};
    type types[MAX_FIELDS];
    int fields = 1 + (int)pick(&g, MAX_FIELDS);
    for (int i = 0; i < fields; i++)
        types[i] = (type)pick(&g, TYPES);
    return make_query(&g, fields, types);
}
