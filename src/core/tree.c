/* Loading trees: after the rows of a statement one statement more for each WITH, with the keys
 * of all parents in a list, and so on downwards. The rows of one relation lie one behind the
 * other, ordered by parent, and are the parents of the next level.
 *
 *     select ... from "comments" where "comments"."post_id" in (?, ?, ?, ?)
 *         order by "comments"."post_id"
 *
 * A list's length is a power of two (the last key stands in for what lacks) where each key is
 * a parameter of its own, so that few statements do for all lengths; longer ones are read in
 * portions. Where LIMIT or OFFSET are of each parent's rows, these are numbered. */
#include "core/plan.h"
#include "core/tree_keys.h"
#include "core/walk.h"
#include <virga/relation.h>

enum { MAX_KEYS = 256, MAX_TERMS = 40, MAX_CLAUSES = 80 };

/* A relation, its columns looked up. Kept for as long as the connection. */
typedef struct tree_link tree_link;
struct tree_link {
    tree_link *next;
    const vg_relation *relation;
    vg_relation_keys keys;
    const vg_key *by;    /* the columns of the statement that are the parents' keys */
    vg_key_place parent; /* where a parent has its key ... */
    vg_key_place child;  /* ... and a row that was read */
    uint32_t loaded;     /* offset of vg_loaded in the parent */
    vg_column hidden[VG_MAX_KEY]; /* THROUGH: how the junction's columns are read */
    size_t hidden_count;
};

struct vg_forest {
    vg_arena scratch; /* keys and expressions, until the tree is there */
    tree_link *links[64];
    void *begin, *commit; /* prepared; NULL: not needed yet */
};

/* One WITH at work. */
typedef struct task {
    vg_db *db;
    vg_arena *arena, *scratch;
    const vg_clause *with;
    const tree_link *link;
    vg_rows parents;
    vg_keys keys;
    const vg_node *where;
    const vg_clause *order_by, *limit, *offset, *columns;
    const vg_clause *nested[VG_MAX_WITHS];
    const tree_link *joined[VG_MAX_WITHS]; /* read by the statement itself; else NULL */
    const vg_clause *computed[VG_MAX_WITHS];
    size_t nested_count, computed_count;
} task;

static int no_memory(vg_db *db)
{
    return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
}

static void end_forest(vg_db *db);

static vg_forest *forest_of(vg_db *db)
{
    if (!db->forest) {
        db->forest = vg__db_alloc(db, NULL, 0, sizeof *db->forest);
        if (db->forest)
            *db->forest = (vg_forest){.scratch = {.allocator = db->allocator}};
        db->forest_end = end_forest;
    }
    return db->forest;
}

static void end_forest(vg_db *db)
{
    vg_forest *forest = db->forest;
    if (!forest)
        return;
    if (forest->begin)
        db->driver->finalize(db, forest->begin);
    if (forest->commit)
        db->driver->finalize(db, forest->commit);
    for (size_t i = 0; i < sizeof forest->links / sizeof *forest->links; i++) {
        for (tree_link *l = forest->links[i], *next; l; l = next) {
            next = l->next;
            vg__db_alloc(db, l, sizeof *l, 0);
        }
    }
    vg_arena_free(&forest->scratch);
    vg__db_alloc(db, forest, sizeof *forest, 0);
    db->forest = NULL;
}

/* ---- links ---- */

/* Behind the row of the target stand the junction's columns, 32 bytes for each. */
static void hide_keys(tree_link *l)
{
    const vg_shape *target = vg__rows_of(l->relation->target);
    const vg_shape *junction = vg__rows_of(l->relation->junction);
    uint32_t at = (target->row_size + 7) & ~7u;
    for (size_t i = 0; i < l->by->count; i++, at += 32) {
        l->hidden[i] = junction->columns[l->by->columns[i]];
        l->hidden[i].offset = at;
        l->child.columns[i] = &l->hidden[i];
        l->child.offsets[i] = at;
    }
    l->hidden_count = l->by->count;
}

static tree_link *link_of(vg_db *db, const vg_shape *shape, const vg_relation *relation)
{
    char why[300];
    size_t place = (uint64_t)(uintptr_t)relation * UINT64_C(0x9E3779B97F4A7C15) >> 58;
    tree_link *l = db->forest->links[place];
    while (l && l->relation != relation)
        l = l->next;
    if (l)
        return l;
    l = vg__db_alloc(db, NULL, 0, sizeof *l);
    if (!l) {
        no_memory(db);
        return NULL;
    }
    *l = (tree_link){.relation = relation, .next = db->forest->links[place]};
    if (!vg__relation_keys(shape, relation, &l->keys, why, sizeof why)) {
        vg__db_alloc(db, l, sizeof *l, 0);
        vg__fail(db, VG_SCHEMA, NULL, "%s", why);
        return NULL;
    }
    bool through = relation->kind == VG_RELATION_THROUGH;
    l->by = through ? &l->keys.junction_own : &l->keys.other;
    l->parent = vg__key_place(&l->keys.own);
    l->child = vg__key_place(l->by);
    l->loaded = vg__rows_of(shape)->loaded_offset;
    if (through)
        hide_keys(l);
    db->forest->links[place] = l;
    return l;
}

/* ---- the clauses of a WITH ---- */

static int refuse(const task *t, const char *what)
{
    return vg__fail(t->db, VG_INVALID, NULL, "WITH(%s, %s): %s", t->with->shape->name,
                    t->link->relation->name, what);
}

/* Among the clauses from `first` on another has loaded that relation. */
static bool stands_twice(const vg_clause *first, const vg_clause *q)
{
    const vg_shape *rows = vg__rows_of(q->shape);
    for (; first < q; first++)
        if (first->kind == VG_CLAUSE_WITH && first->sub == q->sub &&
            vg__rows_of(first->shape) == rows)
            return true;
    return false;
}

static int refuse_twice(vg_db *db, const vg_clause *q)
{
    return vg__fail(db, VG_INVALID, NULL, "WITH(%s, %s) stands twice", q->shape->name,
                    vg_relations(q->shape)[q->sub].name);
}

static int sort_clause(task *t, const vg_clause *q)
{
    const vg_clause **slot = NULL;
    switch ((vg_clause_kind)q->kind) {
    case VG_CLAUSE_END: return VG_OK;
    case VG_CLAUSE_WHERE:
        if (vg__is_empty(q->c))
            return VG_OK;
        if (t->where)
            return refuse(t, "WHERE stands twice; combine the conditions by AND");
        t->where = q->c;
        return VG_OK;
    case VG_CLAUSE_ORDER_BY: slot = &t->order_by; break;
    case VG_CLAUSE_COLUMNS: slot = &t->columns; break;
    case VG_CLAUSE_LIMIT:
        if (!q->sub && q->i < 0)
            return VG_OK;
        slot = &t->limit;
        break;
    case VG_CLAUSE_OFFSET:
        if (!q->sub && q->i < 1)
            return VG_OK;
        slot = &t->offset;
        break;
    case VG_CLAUSE_WITH:
        if (t->nested_count == VG_MAX_WITHS)
            return refuse(t, "it has more than 16 WITH beside each other");
        if (stands_twice(t->with->b, q))
            return refuse_twice(t->db, q);
        t->nested[t->nested_count++] = q;
        return VG_OK;
    case VG_CLAUSE_COMPUTED:
        if (t->computed_count == VG_MAX_WITHS)
            return refuse(t, "it has more than 16 WITH_EXTRA");
        t->computed[t->computed_count++] = q;
        return VG_OK;
    default:
        return refuse(t, "it takes WHERE, ORDER_BY, LIMIT, OFFSET, ONLY, OMIT, "
                         "WITH_EXTRA and WITH");
    }
    if (*slot)
        return refuse(t, "ORDER_BY, LIMIT, OFFSET, ONLY or OMIT stands twice");
    *slot = q;
    return VG_OK;
}

static int sort_clauses(task *t)
{
    const vg_clause *q = t->with->b, *end = q + t->with->n;
    int rc = VG_OK;
    for (; rc == VG_OK && q < end; q++)
        rc = sort_clause(t, q);
    return rc;
}

/* ---- the statement ---- */

/* Its parts, alive while it runs. */
typedef struct statement {
    vg_clause clauses[MAX_CLAUSES];
    size_t count;
    vg_node match, both, rank, row_number;
    const vg_node *kids[2], *by[VG_MAX_KEY], *terms[MAX_TERMS];
    vg_clause window[2], order, limit, offset;
} statement;

static void add(statement *s, vg_clause q)
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
static const vg_node *match_tuples(const task *t, const vg_keys *keys, size_t from,
                                   size_t count, size_t padded)
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

static size_t pad(size_t count)
{
    size_t padded = 1;
    while (padded < count)
        padded *= 2;
    return padded;
}

/* A column among values: numbers are an array, which some databases take as one parameter. */
static const vg_node *match_list(task *t, statement *s, size_t from, size_t count)
{
    const vg_node *column = column_of(t->link->by, 0);
    size_t padded = pad(count);
    if (t->keys.ints && t->db->dialect->arrays)
        s->match =
            (vg_node){.op = VG_OP_IN_ARRAY,
                      .a = column,
                      .b = vg_of_array(t->keys.numbers + from, VG_V_ARRAY_I64, count)};
    else if (t->keys.ints) {
        int64_t *numbers = vg__arena_alloc(t->scratch, padded * sizeof *numbers);
        if (!numbers)
            return NULL;
        memcpy(numbers, t->keys.numbers + from, count * sizeof *numbers);
        for (size_t i = count; i < padded; i++)
            numbers[i] = numbers[count - 1];
        s->match = (vg_node){.op = VG_OP_IN_ARRAY,
                             .a = column,
                             .b = vg_of_array(numbers, VG_V_ARRAY_I64, padded)};
    } else {
        vg_value *values = vg__arena_alloc(t->scratch, padded * sizeof *values);
        if (!values)
            return NULL;
        memcpy(values, t->keys.values + from, count * sizeof *values);
        for (size_t i = count; i < padded; i++)
            values[i] = values[count - 1];
        s->match = (vg_node){
            .op = VG_OP_IN, .n = (uint32_t)padded, .a = column, .b = {.p = values}};
    }
    return &s->match;
}

static const vg_node *match_keys(task *t, statement *s, size_t from, size_t count)
{
    if (t->keys.parts > 1)
        return match_tuples(t, &t->keys, from, count, pad(count));
    if (count > 1)
        return match_list(t, s, from, count);
    s->match = (vg_node){.op = VG_OP_EQ,
                         .a = column_of(t->link->by, 0),
                         .b = t->keys.ints ? vg_of_int(t->keys.numbers[from])
                                           : t->keys.values[from]};
    return &s->match;
}

/* The keys as rows; one that is NULL, and meets nothing, stands in for what lacks. */
static int add_key_rows(task *t, statement *s, size_t from, size_t count)
{
    size_t parts = t->keys.parts, padded = pad(count);
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
static int add_source(task *t, statement *s)
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

/* a = b and ... */
static const vg_node *equal(const task *t, const vg_key *a, const vg_key *b)
{
    const vg_node **all = vg__arena_alloc(t->scratch, a->count * sizeof *all);
    for (size_t i = 0; all && i < a->count; i++) {
        all[i] = node(t->scratch, (vg_node){.op = VG_OP_EQ,
                                            .a = column_of(a, i),
                                            .b = vg_of_node(column_of(b, i))});
        if (!all[i])
            return NULL;
    }
    return all ? node(t->scratch, (vg_node){.op = VG_OP_AND,
                                            .n = (uint32_t)a->count,
                                            .b = {.p = all}})
               : NULL;
}

static int add_join(task *t, statement *s)
{
    const tree_link *l = t->link;
    const vg_node *on;
    if (l->relation->kind == VG_RELATION_THROUGH) {
        if (!(on = equal(t, &l->keys.junction_other, &l->keys.other)))
            return VG_NO_MEMORY;
        add(s, vg_from(l->relation->junction));
        add(s, vg_join_on(VG_JOIN_INNER, l->relation->target, on));
    }
    for (size_t i = 0; i < t->nested_count; i++) {
        const tree_link *j = t->joined[i];
        if (!j)
            continue;
        if (!(on = equal(t, &j->keys.other, &j->keys.own)))
            return VG_NO_MEMORY;
        add(s, vg_join_on(VG_JOIN_LEFT, j->relation->target, on));
    }
    return VG_OK;
}

/* The rows of one parent are few, so that a row for each of them costs less beside it than by a
 * statement more: a relation to one by its primary key, of which no more is said. */
static bool joinable(const task *t, size_t index, const tree_link *j)
{
    const vg_relation *r = j->relation, *above = t->link->relation;
    if (r->kind != VG_RELATION_ONE || r->other || r->target->kind != VG_SHAPE_TABLE ||
        j->keys.own.shape != above->target || r->target == above->target ||
        r->target == above->junction)
        return false;
    for (size_t i = 0; i < index; i++)
        if (t->joined[i] && t->joined[i]->relation->target == r->target)
            return false;
    return true;
}

static int join_nested(task *t)
{
    for (size_t i = 0; i < t->nested_count; i++) {
        const vg_clause *q = t->nested[i];
        const vg_relation *r = vg_relations(q->shape);
        if (q->n || t->columns || !r || r[q->sub].kind != VG_RELATION_ONE ||
            q->shape != t->link->relation->target)
            continue;
        const tree_link *j = link_of(t->db, q->shape, &r[q->sub]);
        if (!j)
            return t->db->error.code;
        if (joinable(t, i, j))
            t->joined[i] = j;
    }
    return VG_OK;
}

/* By parent, then as the program says. */
static int add_order(task *t, statement *s, bool alone)
{
    size_t count = 0;
    const vg_node *const *terms = t->order_by ? t->order_by->b : NULL;
    bool by_parent = !alone && t->link->relation->kind != VG_RELATION_ONE;
    if (t->order_by && t->order_by->n + VG_MAX_KEY > MAX_TERMS)
        return refuse(t, "ORDER_BY has more than 32 terms");
    for (size_t i = 0; by_parent && i < t->link->by->count; i++)
        s->terms[count++] = s->by[i];
    for (uint32_t i = 0; terms && i < t->order_by->n; i++)
        s->terms[count++] = terms[i];
    if (count)
        add(s, vg_terms(VG_CLAUSE_ORDER_BY, count, s->terms));
    return VG_OK;
}

/* LIMIT and OFFSET of each parent: rows are numbered, and those within are taken. */
static int add_rank(task *t, statement *s)
{
    bool plain = (!t->limit || !t->limit->sub) && (!t->offset || !t->offset->sub);
    if (t->limit && t->offset && !plain)
        return refuse(t, "LIMIT and OFFSET beside each other are numbers here");
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

static void add_limits(task *t, statement *s, bool ranked, bool first_only)
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
static void add_columns(task *t, statement *s)
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

static int build(task *t, statement *s, size_t from, size_t count)
{
    const vg_relation *r = t->link->relation;
    bool alone = count == 1;
    bool first_only = r->kind == VG_RELATION_ONE && t->order_by;
    bool ranked = !alone && (t->limit || t->offset || first_only);
    if (r->kind == VG_RELATION_ONE && (t->limit || t->offset))
        return refuse(t, "it is one row: LIMIT and OFFSET are for MANY");
    for (size_t i = 0; i < t->link->by->count; i++)
        s->by[i] = column_of(t->link->by, i);
    s->count = 0;
    add(s, vg_select(NULL, r->target));
    add_columns(t, s);
    for (size_t i = 0; i < t->computed_count; i++)
        add(s, *t->computed[i]);
    memset(t->joined, 0, sizeof t->joined);
    int rc = alone ? join_nested(t) : VG_OK;
    if (rc != VG_OK)
        return rc;
    for (size_t i = 0; i < t->nested_count; i++)
        if (t->joined[i])
            add(s, (vg_clause){.kind = VG_CLAUSE_COMPUTED,
                               .sub = VG_COMPUTED_ROW,
                               .b = t->joined[i]->relation});
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
    s->kids[1] = t->where;
    if (rc != VG_OK || (!key_rows && !s->kids[0]))
        return rc == VG_INVALID ? rc : no_memory(t->db);
    s->both = (vg_node){.op = VG_OP_AND, .n = 2, .b = {.p = s->kids}};
    if (!key_rows || t->where)
        add(s, vg_condition(VG_CLAUSE_WHERE, key_rows   ? t->where
                                             : t->where ? &s->both
                                                        : s->kids[0]));
    if (!ranked && !(key_rows && !t->order_by))
        rc = add_order(t, s, alone);
    add_limits(t, s, ranked, first_only && (ranked || alone));
    for (size_t i = 0; t->columns && i < t->nested_count; i++)
        add(s, *t->nested[i]);
    return rc;
}

/* ---- rows to parents ---- */

typedef struct many {
    void *data;
    size_t len;
} many;

/* Nothing is there yet, but that is known. */
static void set_empty(const task *t)
{
    const vg_relation *r = t->link->relation;
    char *row = t->parents.at;
    for (size_t i = 0; i < t->parents.count; i++, row += t->parents.stride) {
        *(uint64_t *)(void *)(row + t->link->loaded) |= UINT64_C(1) << r->bit;
        if (r->kind == VG_RELATION_ONE)
            *(void **)(void *)(row + r->offset) = NULL;
        else
            *(many *)(void *)(row + r->offset) = (many){NULL, 0};
    }
}

static void place(const task *t, size_t key, char *rows, size_t count)
{
    const vg_relation *r = t->link->relation;
    const vg_keys *keys = &t->keys;
    size_t from = keys->first ? keys->first[key] : key;
    size_t to = keys->first ? keys->first[key + 1] : key + 1;
    for (; from < to; from++) {
        char *row = t->parents.at + keys->parents[from] * t->parents.stride;
        if (r->kind == VG_RELATION_ONE)
            *(void **)(void *)(row + r->offset) = rows;
        else
            *(many *)(void *)(row + r->offset) = (many){rows, count};
    }
}

/* The rows of a key do not stand together: others are equal to it for the database. */
static bool is_placed(const task *t, size_t key)
{
    const vg_relation *r = t->link->relation;
    uint32_t parent = t->keys.parents[t->keys.first ? t->keys.first[key] : key];
    const char *row = t->parents.at + parent * t->parents.stride;
    return r->kind != VG_RELATION_ONE &&
           ((const many *)(const void *)(row + r->offset))->len != 0;
}

static int fail_stray(const task *t)
{
    return vg__fail(
        t->db, VG_VALUE, NULL,
        "relation %s.%s: a row has a key that is equal to its parent's for the "
        "database alone (a collation, a number's spelling); make them the same",
        t->with->shape->name, t->link->relation->name);
}

/* Rows of one parent stand together; `from` is the first key that was asked for. */
static int spread(const task *t, vg_rows *rows, size_t size, size_t from)
{
    size_t i = 0, guess = from;
    if (t->keys.count == 1) { /* they are all of one */
        size_t looked_at = t->keys.ints && rows->count ? 1 : rows->count;
        for (; i < looked_at; i++)
            if (!vg__keys_same(&t->keys, &t->link->child, rows->at + i * rows->stride,
                               0))
                return fail_stray(t);
        if (rows->count)
            place(t, 0, rows->at, rows->count);
        i = rows->count;
    }
    while (i < rows->count) {
        const char *row = rows->at + i * rows->stride;
        size_t key = vg__keys_find(&t->keys, &t->link->child, row, guess), first = i++;
        if (key == t->keys.count || is_placed(t, key))
            return fail_stray(t);
        while (i < rows->count && vg__keys_same(&t->keys, &t->link->child,
                                                rows->at + i * rows->stride, key))
            i++;
        place(t, key, rows->at + first * size, i - first);
        guess = key + 1;
    }
    if (size != rows->stride) /* without the hidden keys */
        for (i = 1; i < rows->count; i++)
            memmove(rows->at + i * size, rows->at + i * rows->stride, size);
    rows->stride = size;
    return VG_OK;
}

/* ---- all of it ---- */

static int load_with(vg_db *db, vg_arena *arena, const vg_clause *with,
                     const vg_rows *parents);

static int read_keys(task *t, size_t from, size_t count)
{
    vg_db *db = t->db;
    statement s;
    many list = {0};
    int rc = build(t, &s, from, count);
    if (rc != VG_OK)
        return rc;
    const char *site = (const char *)t->link->relation + pad(count);
    vg__walk_query(&db->walk, s.clauses, s.count);
    vg_stmt *stmt = vg__stmt_acquire_at(
        db, &(vg_text_source){s.clauses, s.count, 0, 0, NULL}, site);
    if (!stmt)
        return db->error.code;
    vg_sink sink = {VG_SINK_LIST, t->arena, NULL, 0, 0, 0};
    stmt->bulk = true; /* the root alone tells whether trees are read one by one */
    rc = vg__run(db, stmt, &sink);
    rc = vg__give_list(db, &sink, &list, rc);
    const vg_shape *target = t->link->relation->target;
    vg_rows rows = {target, list.data, list.len, sink.row_size};
    if (rc == VG_OK)
        rc = spread(t, &rows, vg__rows_of(target)->row_size, from);
    for (size_t i = 0; rc == VG_OK && i < t->nested_count; i++)
        if (!t->joined[i])
            rc = load_with(db, t->arena, t->nested[i], &rows);
    return rc;
}

static int load_with(vg_db *db, vg_arena *arena, const vg_clause *with,
                     const vg_rows *parents)
{
    task t = {.db = db,
              .arena = arena,
              .scratch = &db->forest->scratch,
              .with = with,
              .parents = *parents};
    if (vg__rows_of(with->shape) != vg__rows_of(parents->shape))
        return vg__fail(db, VG_INVALID, NULL,
                        "WITH(%s, ...): the rows that it loads into are of %s",
                        with->shape->name, parents->shape->name);
    const vg_relation *relation = &vg_relations(with->shape)[with->sub];
    if (relation->kind == VG_RELATION_EXTRA)
        return vg__fail(db, VG_INVALID, NULL,
                        "WITH(%s, %s): that is an EXTRA; say WITH_EXTRA and what it is",
                        with->shape->name, relation->name);
    t.link = link_of(db, with->shape, relation);
    if (!t.link)
        return db->error.code;
    int rc = with->n ? sort_clauses(&t) : VG_OK;
    if (rc != VG_OK || !parents->count)
        return rc;
    set_empty(&t);
    if (vg__keys_collect(&t.keys, t.scratch, parents, &t.link->parent) != VG_OK)
        return no_memory(db);
    size_t portion = db->dialect->arrays && t.keys.ints ? SIZE_MAX : MAX_KEYS;
    for (size_t from = 0; rc == VG_OK && from < t.keys.count; from += portion) {
        size_t left = t.keys.count - from;
        rc = read_keys(&t, from, left < portion ? left : portion);
        if (portion == SIZE_MAX)
            break;
    }
    return rc;
}

static int load_trees(vg_db *db, vg_arena *arena, const vg_clause *query, size_t count,
                      const vg_rows *rows)
{
    int rc = VG_OK;
    if (!forest_of(db))
        return no_memory(db);
    for (const vg_clause *q = query; rc == VG_OK && q < query + count; q++)
        if (q->kind == VG_CLAUSE_WITH)
            rc = stands_twice(query, q) ? refuse_twice(db, q)
                                        : load_with(db, arena, q, rows);
    vg_arena_reset(&db->forest->scratch);
    return rc;
}

/* ---- the root ---- */

static int check_tree(vg_db *db, const vg_stmt *stmt, const vg_clause *query,
                      size_t count)
{
    const vg_clause *head = vg__first_head(vg__head_of(query, count));
    if (head->kind != VG_CLAUSE_SELECT || !head->shape)
        return vg__fail(
            db, VG_INVALID, NULL,
            "WITH loads into the rows of a SELECT of a table: RETURNING, RAW "
            "and values have none");
    if (stmt->cache.sub)
        return vg__fail(db, VG_UNSUPPORTED, NULL,
                        "CACHE keeps no trees: leave it or WITH");
    return forest_of(db) ? VG_OK : no_memory(db);
}

enum { ROWS_AT_ONCE = 64 };

static int step_tree(vg_db *db, vg_stmt *stmt, vg_arena *arena, const vg_clause *query,
                     size_t count, vg_rows *rows)
{
    const vg_clause *head = vg__first_head(vg__head_of(query, count));
    size_t size = stmt->plan.row_size;
    char *at = vg__arena_alloc(arena, ROWS_AT_ONCE * size);
    *rows = (vg_rows){head->shape, at, 0, size};
    int step = at ? VG_STEP_ROW : no_memory(db);
    while (step == VG_STEP_ROW && rows->count < ROWS_AT_ONCE) {
        step = db->driver->step(db, stmt->native);
        if (step != VG_STEP_ROW)
            break;
        vg__plan_blank(&stmt->plan, at, 1);
        int rc = db->driver->fetch(db, stmt->native, &stmt->plan, at, arena);
        if (rc != VG_OK)
            return rc;
        rows->count++;
        at += size;
    }
    if (step != VG_STEP_ROW && step != VG_STEP_DONE)
        return step;
    int rc = load_trees(db, arena, query, count, rows);
    return rc == VG_OK ? step : rc;
}

/* All statements of a tree see one state of the database where that costs little. */
static int run_plain(vg_db *db, void **native, const char *sql)
{
    int rc = *native ? VG_OK : db->driver->prepare(db, sql, strlen(sql), native);
    return rc == VG_OK ? db->driver->run(db, *native, NULL, 0) : rc;
}

static int end_reading(vg_db *db, int rc)
{
    if (rc == VG_OK)
        rc = run_plain(db, &db->forest->commit, "commit");
    if (rc == VG_OK || !db->driver->in_transaction(db))
        return rc;
    vg_error error = db->error;
    vg__control_undo(db, "rollback");
    db->error = error;
    return rc;
}

/* One row, whose statement is left where it is until its tree is there: it holds the state of
 * the database that it has seen. */
static int run_one(vg_db *db, vg_stmt *stmt, const vg_clause *query, size_t count,
                   vg_sink *sink)
{
    const vg_clause *head = vg__first_head(vg__head_of(query, count));
    sink->row_size = stmt->plan.row_size;
    int rc = db->driver->bind(db, stmt->native, db->walk.params,
                              vg__walk_param_count(&db->walk), false);
    int step = rc == VG_OK ? db->driver->step(db, stmt->native) : VG_STEP_DONE;
    if (step == VG_STEP_ROW) {
        rc = vg__take_row(db, stmt, sink);
        vg_rows rows = {head->shape, sink->row, sink->count, sink->row_size};
        if (rc == VG_OK)
            rc = load_trees(db, sink->arena, query, count, &rows);
        if (rc != VG_OK && sink->row)
            memset(sink->row, 0, sink->row_size);
    } else if (step != VG_STEP_DONE) {
        rc = step;
    }
    int end = vg__stmt_release(db, stmt);
    return rc == VG_OK ? end : rc;
}

static int run_tree(vg_db *db, vg_stmt *stmt, const vg_clause *query, size_t count,
                    vg_sink *sink)
{
    const vg_clause *head = vg__first_head(vg__head_of(query, count));
    int rc = check_tree(db, stmt, query, count);
    if (rc == VG_OK && !sink->arena && sink->kind != VG_SINK_NONE)
        rc = vg__fail(db, VG_MISUSE, NULL, "WITH needs an arena for the rows it loads");
    if (rc == VG_OK && sink->kind == VG_SINK_ROW && db->dialect->tree_begin &&
        !db->watch)
        return run_one(db, stmt, query, count, sink);
    bool holds =
        rc == VG_OK && db->dialect->tree_begin && !db->driver->in_transaction(db);
    if (holds)
        rc = run_plain(db, &db->forest->begin, db->dialect->tree_begin);
    if (rc != VG_OK) {
        vg__stmt_release(db, stmt);
        return rc;
    }
    rc = vg__run(db, stmt, sink);
    if (rc == VG_OK)
        rc = vg__finish_list(db, sink);
    vg_rows rows = {head->shape, sink->row, sink->count, sink->row_size};
    if (rc == VG_OK && sink->kind != VG_SINK_NONE)
        rc = load_trees(db, sink->arena, query, count, &rows);
    if (rc != VG_OK && sink->kind == VG_SINK_ROW && sink->row)
        memset(sink->row, 0, sink->row_size);
    return holds ? end_reading(db, rc) : rc;
}

const vg_tree_loader vg_trees = {run_tree, check_tree, step_tree};
