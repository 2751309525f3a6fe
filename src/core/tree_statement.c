/* The statement that reads a portion of a relation's rows: those of some keys.
 *
 *     select ... from "comments" where "comments"."post_id" in (?, ?, ?, ?)
 *         order by "comments"."post_id"
 *
 * A list's length is a power of two (the last key stands in for what lacks) where each key is
 * a parameter of its own, so that few statements do for all lengths. Where LIMIT or OFFSET are of
 * each parent's rows, these are numbered. */
#include "core/tree_task.h"
#include <virga/relation.h>

static void add(vg_tree_statement *s, vg_clause q)
{
    s->clauses[s->count++] = q;
}

static const vg_node *column_of(const vg_key *key, size_t i)
{
    return &key->shape->nodes[key->columns[i]];
}

static const vg_node *node(vg_arena *scratch, vg_node x)
{
    vg_node *p = vg__arena_alloc(scratch, sizeof *p);
    if (p)
        *p = x;
    return p;
}

/* (a = ? and b = ?) or ... */
static const vg_node *match_tuples(const vg_tree_task *t, const vg_keys *keys,
                                   size_t from, size_t count, size_t padded)
{
    const vg_node **any = vg__arena_alloc(t->scratch, padded * sizeof *any);
    for (size_t i = 0; any && i < padded; i++) {
        size_t index = from + (i < count ? i : count - 1);
        const vg_node **all = vg__arena_alloc(t->scratch, keys->parts * sizeof *all);
        for (size_t k = 0; all && k < keys->parts; k++) {
            all[k] =
                node(t->scratch, (vg_node){.op = VG_OP_EQ,
                                           .a = column_of(t->link->by, k),
                                           .b = keys->values[index * keys->parts + k]});
            if (!all[k])
                return NULL;
        }
        any[i] = all ? node(t->scratch, (vg_node){.op = VG_OP_AND,
                                                  .n = (uint32_t)keys->parts,
                                                  .b = {.p = all}})
                     : NULL;
        if (!any[i])
            return NULL;
    }
    return any ? node(t->scratch,
                      (vg_node){.op = VG_OP_OR, .n = (uint32_t)padded, .b = {.p = any}})
               : NULL;
}

size_t vg__tree_pad(size_t count)
{
    size_t padded = 1;
    while (padded < count)
        padded *= 2;
    return padded;
}

/* A copy of a list, as long as such lists are: the last element stands in for what lacks. */
static void *pad(vg_arena *scratch, const void *from, size_t size, size_t count)
{
    size_t padded = vg__tree_pad(count);
    char *copy = vg__arena_alloc(scratch, padded * size);
    if (!copy)
        return NULL;
    memcpy(copy, from, count * size);
    for (size_t i = count; i < padded; i++)
        memcpy(copy + i * size, copy + (count - 1) * size, size);
    return copy;
}

/* A column among values: numbers are an array, which some databases take as one parameter. */
static const vg_node *match_list(vg_tree_task *t, vg_tree_statement *s, size_t from,
                                 size_t count)
{
    const vg_node *column = column_of(t->link->by, 0);
    const void *list =
        t->keys.ints ? (const void *)(t->keys.numbers + from) : t->keys.values + from;
    if (!t->keys.ints || !t->db->dialect->arrays) {
        size_t size = t->keys.ints ? sizeof *t->keys.numbers : sizeof *t->keys.values;
        list = pad(t->scratch, list, size, count);
        count = vg__tree_pad(count);
    }
    if (!list)
        return NULL;
    if (t->keys.ints)
        s->match = (vg_node){.op = VG_OP_IN_ARRAY,
                             .a = column,
                             .b = vg_of_array(list, VG_V_ARRAY_I64, count)};
    else
        s->match = (vg_node){
            .op = VG_OP_IN, .n = (uint32_t)count, .a = column, .b = {.p = list}};
    return &s->match;
}

static const vg_node *match_keys(vg_tree_task *t, vg_tree_statement *s, size_t from,
                                 size_t count)
{
    if (t->keys.parts > 1)
        return match_tuples(t, &t->keys, from, count, vg__tree_pad(count));
    if (count > 1)
        return match_list(t, s, from, count);
    s->match = (vg_node){.op = VG_OP_EQ,
                         .a = column_of(t->link->by, 0),
                         .b = t->keys.ints ? vg_of_int(t->keys.numbers[from])
                                           : t->keys.values[from]};
    return &s->match;
}

/* The keys as rows; one that is NULL, and meets nothing, stands in for what lacks. */
static int add_key_rows(vg_tree_task *t, vg_tree_statement *s, size_t from,
                        size_t count)
{
    size_t parts = t->keys.parts, padded = vg__tree_pad(count);
    vg_value *values = vg__arena_alloc(t->scratch, padded * parts * sizeof *values);
    if (!values)
        return VG_NO_MEMORY;
    for (size_t i = 0; t->keys.ints && i < count; i++)
        values[i] = vg_of_int(t->keys.numbers[from + i]);
    if (!t->keys.ints)
        memcpy(values, t->keys.values + from * parts, count * parts * sizeof *values);
    for (size_t i = count * parts; i < padded * parts; i++)
        values[i] = vg_of_null(NULL);
    add(s, (vg_clause){.kind = VG_CLAUSE_KEYS,
                       .sub = (uint16_t)parts,
                       .n = (uint32_t)padded,
                       .b = values,
                       .c = s->by});
    return VG_OK;
}

/* The target's rows, and the junction's key beside them. */
static int add_source(vg_tree_task *t, vg_tree_statement *s)
{
    const vg_relation *r = t->link->relation;
    if (r->kind != VG_RELATION_THROUGH)
        return VG_OK;
    for (size_t i = 0; i < t->link->hidden_count; i++)
        add(s, (vg_clause){.kind = VG_CLAUSE_COMPUTED,
                           .sub = VG_COMPUTED_KEY,
                           .b = &t->link->hidden[i],
                           .c = s->by[i]});
    return VG_OK;
}

/* What RELATION_WHERE says of a relation. */
static vg_node own_condition(const vg_clause *with)
{
    return (vg_node){.op = VG_OP_RELATION_WHERE, .n = with->sub, .a = with->shape};
}

static int add_join(vg_tree_task *t, vg_tree_statement *s)
{
    const vg_tree_link *l = t->link;
    const vg_node *on;
    if (l->relation->kind == VG_RELATION_THROUGH) {
        if (!(on = vg__tree_equal(t->scratch, &l->keys.junction_other, &l->keys.other)))
            return VG_NO_MEMORY;
        add(s, vg_from(l->relation->junction));
        add(s, vg_join_on(VG_JOIN_INNER, l->relation->target, on));
    }
    for (size_t i = 0; i < t->nested_count; i++) {
        const vg_tree_link *j = s->links[i];
        if (!(s->joined >> i & 1))
            continue;
        if (!(on = vg__tree_equal(t->scratch, &j->keys.other, &j->keys.own)))
            return VG_NO_MEMORY;
        add(s, vg_join_on(VG_JOIN_LEFT, j->relation->target, on));
    }
    return VG_OK;
}

/* The rows of one parent are few, so that a row for each of them costs less beside it than by a
 * statement more. */
static int join_nested(const vg_tree_task *t, vg_tree_statement *s)
{
    const vg_relation *above = t->link->relation;
    if (t->columns || t->computed_count || above->where ||
        !vg__tree_is_plain(t->where) || !vg__tree_are_plain(t->order_by))
        return VG_OK;
    for (size_t i = 0; i < t->nested_count; i++) {
        const vg_clause *q = t->nested[i];
        const vg_relation *r = vg__tree_joinable(q, above->target);
        if (!r || r->target == above->junction)
            continue;
        for (size_t k = 0; r && k < i; k++)
            if ((s->joined >> k & 1) && s->links[k]->relation->target == r->target)
                r = NULL;
        const vg_tree_link *j = r ? vg__tree_link_of(t->db, q->shape, r) : NULL;
        if (!j) {
            if (r)
                return t->db->error.code;
            continue;
        }
        s->links[i] = j;
        s->joined |= 1u << i;
    }
    return VG_OK;
}

/* By parent, then as the program says. */
static int add_order(vg_tree_task *t, vg_tree_statement *s, bool alone)
{
    size_t count = 0;
    const vg_node *const *terms = t->order_by ? t->order_by->b : NULL;
    bool by_parent = !alone && t->link->relation->kind != VG_RELATION_ONE;
    if (t->order_by && t->order_by->n + VG_MAX_KEY > VG_TREE_TERMS)
        return vg__tree_refuse(t, "ORDER_BY has more than 32 terms");
    for (size_t i = 0; by_parent && i < t->link->by->count; i++)
        s->terms[count++] = s->by[i];
    for (uint32_t i = 0; terms && i < t->order_by->n; i++)
        s->terms[count++] = terms[i];
    if (count)
        add(s, vg_terms(VG_CLAUSE_ORDER_BY, count, s->terms));
    return VG_OK;
}

/* LIMIT and OFFSET of each parent: rows are numbered, and those within are taken. */
static int add_rank(vg_tree_task *t, vg_tree_statement *s)
{
    bool plain = (!t->limit || !t->limit->sub) && (!t->offset || !t->offset->sub);
    if (t->limit && t->offset && !plain)
        return vg__tree_refuse(t,
                               "LIMIT and OFFSET beside each other are numbers here");
    size_t count = 0;
    s->window[count++] = vg_terms(VG_CLAUSE_PARTITION_BY, t->link->by->count, s->by);
    if (t->order_by)
        s->window[count++] = *t->order_by;
    s->row_number = (vg_node){.op = VG_OP_ROW_NUMBER};
    s->rank = (vg_node){.op = VG_OP_OVER,
                        .n = (uint32_t)count,
                        .a = &s->row_number,
                        .b = {.p = s->window}};
    add(s, (vg_clause){
               .kind = VG_CLAUSE_COMPUTED, .sub = VG_COMPUTED_RANK, .c = &s->rank});
    s->clauses[s->count - 1].n = (uint32_t)t->link->by->count;
    return VG_OK;
}

static void add_limits(vg_tree_task *t, vg_tree_statement *s, bool ranked,
                       bool first_only)
{
    int64_t limit = t->limit ? t->limit->i : 1, offset = t->offset ? t->offset->i : 0;
    if (t->limit && t->limit->sub)
        add(s, *t->limit);
    else if (ranked && (t->limit || first_only))
        add(s, vg_number(
                   VG_CLAUSE_LIMIT,
                   vg_of_int(limit > INT64_MAX - offset ? INT64_MAX : limit + offset)));
    else if (t->limit || first_only)
        add(s, vg_number(VG_CLAUSE_LIMIT, vg_of_int(limit)));
    if (t->offset)
        add(s, *t->offset);
}

/* What ONLY leaves must have the key and the keys of what is loaded below. */
static void add_columns(vg_tree_task *t, vg_tree_statement *s)
{
    if (!t->columns)
        return;
    uint64_t keys = 0;
    if (t->link->relation->kind != VG_RELATION_THROUGH)
        for (size_t i = 0; i < t->link->by->count; i++)
            keys |= UINT64_C(1) << t->link->by->columns[i];
    add(s, *t->columns);
    s->clauses[s->count - 1].i = (int64_t)keys;
}

/* The first `count` of s->kids, what the relation says, what the WITH says. */
static void add_where(vg_tree_task *t, vg_tree_statement *s, uint32_t count)
{
    s->fixed = own_condition(t->with);
    if (t->link->relation->where)
        s->kids[count++] = &s->fixed;
    if (t->where)
        s->kids[count++] = t->where;
    s->both = (vg_node){.op = VG_OP_AND, .n = count, .b = {.p = s->kids}};
    if (count)
        add(s, vg_condition(VG_CLAUSE_WHERE, count > 1 ? &s->both : s->kids[0]));
}

int vg__tree_build(vg_tree_task *t, vg_tree_statement *s, size_t from, size_t count)
{
    const vg_relation *r = t->link->relation;
    bool alone = count == 1;
    bool first_only = r->kind == VG_RELATION_ONE && t->order_by;
    bool ranked = !alone && (t->limit || t->offset || first_only);
    if (r->kind == VG_RELATION_ONE && (t->limit || t->offset))
        return vg__tree_refuse(t, "it is one row: LIMIT and OFFSET are for MANY");
    for (size_t i = 0; i < t->link->by->count; i++)
        s->by[i] = column_of(t->link->by, i);
    s->count = 0;
    add(s, vg_select(NULL, r->target));
    add_columns(t, s);
    for (size_t i = 0; i < t->computed_count; i++)
        add(s, *t->computed[i]);
    s->joined = 0;
    int rc = alone ? join_nested(t, s) : VG_OK;
    if (rc != VG_OK)
        return rc;
    for (size_t i = 0; i < t->nested_count; i++)
        if (s->joined >> i & 1)
            add(s, (vg_clause){.kind = VG_CLAUSE_COMPUTED,
                               .sub = VG_COMPUTED_ROW,
                               .b = s->links[i]->relation});
    rc = add_source(t, s);
    if (rc == VG_OK && ranked)
        rc = add_rank(t, s);
    /* An order of the program's own is better got from IN, which visits keys in theirs. */
    bool key_rows = !alone && t->db->dialect->key_rows &&
                    (ranked || !t->order_by || t->keys.parts > 1);
    if (rc == VG_OK && key_rows)
        rc = add_key_rows(t, s, from, count);
    if (rc == VG_OK)
        rc = add_join(t, s);
    s->kids[0] = key_rows || rc != VG_OK ? NULL : match_keys(t, s, from, count);
    if (rc != VG_OK || (!key_rows && !s->kids[0]))
        return rc == VG_INVALID ? rc : vg__tree_no_memory(t->db);
    add_where(t, s, key_rows ? 0 : 1);
    if (!ranked && !(key_rows && !t->order_by))
        rc = add_order(t, s, alone);
    add_limits(t, s, ranked, first_only && (ranked || alone));
    for (size_t i = 0; t->columns && i < t->nested_count; i++)
        add(s, *t->nested[i]);
    return rc;
}
