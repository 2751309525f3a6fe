/* Loading trees, level by level: for each WITH one statement with the keys of all parents in a
 * list, whatever their number; long lists of other than whole numbers are read in portions. All
 * statements of a level go in one round trip where the database has a pipeline. */
#include "core/batch.h"
#include "core/tree_task.h"
#include <virga/relation.h>

enum { MAX_KEYS = 256 };

typedef struct level {
    vg_tree_task *first, **last;
} level;

static int add_task(vg_db *db, level *l, vg_arena *arena, const vg_clause *with,
                    const vg_rows *parents)
{
    vg_arena *scratch = &db->forest->scratch;
    vg_tree_task *t = vg__arena_alloc(scratch, sizeof *t);
    if (!t)
        return vg__tree_no_memory(db);
    *t = (vg_tree_task){.db = db,
                        .arena = arena,
                        .scratch = scratch,
                        .with = with,
                        .parents = *parents};
    *l->last = t;
    l->last = &t->next;
    return VG_OK;
}

/* What its WITH says, and the keys of its parents. */
static int begin_task(vg_tree_task *t)
{
    const vg_clause *with = t->with;
    if (vg__rows_of(with->shape) != vg__rows_of(t->parents.shape))
        return vg__fail(t->db, VG_INVALID, NULL,
                        "WITH(%s, ...): the rows that it loads into are of %s",
                        with->shape->name, t->parents.shape->name);
    const vg_relation *relation = &vg_relations(with->shape)[with->sub];
    if (relation->kind == VG_RELATION_EXTRA)
        return vg__fail(t->db, VG_INVALID, NULL,
                        "WITH(%s, %s): that is an EXTRA; say WITH_EXTRA and what it is",
                        with->shape->name, relation->name);
    t->link = vg__tree_link_of(t->db, with->shape, relation);
    if (!t->link)
        return t->db->error.code;
    int rc = with->n ? vg__tree_sort(t) : VG_OK;
    if (rc != VG_OK || !t->parents.count)
        return rc;
    vg__tree_set_empty(t);
    return vg__keys_collect(&t->keys, t->scratch, &t->parents, &t->link->parent) ==
                   VG_OK
               ? VG_OK
               : vg__tree_no_memory(t->db);
}

/* How many keys a statement takes. */
static size_t portion_of(const vg_tree_task *t)
{
    return t->db->dialect->arrays && t->keys.ints ? SIZE_MAX : MAX_KEYS;
}

static size_t count_from(const vg_tree_task *t, size_t from)
{
    size_t left = t->keys.count - from, most = portion_of(t);
    return left < most ? left : most;
}

/* The site that the statement of a portion is looked for at. */
static const char *site_of(const vg_tree_task *t, size_t count)
{
    return (const char *)t->link->relation + vg__tree_pad(count);
}

/* The rows of the portion that begins with key `from`: to their parents, and as parents to the
 * next level. */
static int take(const vg_tree_task *t, vg_rows *rows, size_t from, uint32_t joined,
                level *below)
{
    int rc = vg__tree_spread(t, rows, from);
    for (size_t i = 0; rc == VG_OK && i < t->nested_count; i++)
        if (!(joined >> i & 1))
            rc = add_task(t->db, below, t->arena, t->nested[i], rows);
    return rc;
}

/* ---- one statement after the other ---- */

static int read_portion(vg_tree_task *t, size_t from, level *below)
{
    vg_db *db = t->db;
    vg_tree_statement s;
    vg_list list = {0};
    size_t count = count_from(t, from);
    int rc = vg__tree_build(t, &s, from, count);
    if (rc != VG_OK)
        return rc;
    vg__walk_query(&db->walk, s.clauses, s.count);
    vg_stmt *stmt = vg__stmt_acquire_at(
        db, &(vg_text_source){s.clauses, s.count, 0, 0, NULL}, site_of(t, count));
    if (!stmt)
        return db->error.code;
    vg_sink sink = {VG_SINK_LIST, t->arena, NULL, 0, 0, 0};
    stmt->bulk = true; /* the root alone tells whether trees are read one by one */
    rc = vg__run(db, stmt, &sink);
    rc = vg__give_list(db, &sink, &list, rc);
    vg_rows rows = {t->link->relation->target, list.data, list.len, sink.row_size};
    return rc == VG_OK ? take(t, &rows, from, s.joined, below) : rc;
}

static int read_in_turn(const level *l, level *below)
{
    int rc = VG_OK;
    for (vg_tree_task *t = l->first; rc == VG_OK && t; t = t->next)
        for (size_t from = 0; rc == VG_OK && from < t->keys.count;
             from += count_from(t, from))
            rc = read_portion(t, from, below);
    return rc;
}

/* ---- all in one round trip ---- */

typedef struct posted {
    const vg_tree_task *task;
    size_t from;
    uint32_t joined;
    vg_list list;
} posted;

static int post(vg_batch *b, vg_tree_task *t, size_t from, posted *p)
{
    vg_tree_statement s;
    size_t count = count_from(t, from);
    int rc = vg__tree_build(t, &s, from, count);
    if (rc != VG_OK)
        return rc;
    *p = (posted){.task = t, .from = from, .joined = s.joined};
    return vg__batch_read(b, t->arena, &p->list, site_of(t, count), s.clauses, s.count);
}

static int read_together(vg_db *db, const level *l, size_t count, level *below)
{
    vg_batch *b;
    size_t i = 0;
    posted *all = vg__arena_alloc(&db->forest->scratch, count * sizeof *all);
    int rc = all ? vg__batch_open(db, &b, VG_BATCH_WHOLE) : vg__tree_no_memory(db);
    if (rc != VG_OK)
        return rc;
    for (vg_tree_task *t = l->first; rc == VG_OK && t; t = t->next)
        for (size_t from = 0; rc == VG_OK && from < t->keys.count;
             from += count_from(t, from))
            rc = post(b, t, from, &all[i++]);
    if (rc == VG_OK)
        rc = vg__batch_run_inside(b);
    for (i = 0; rc == VG_OK && i < count; i++) {
        const vg_tree_task *t = all[i].task;
        vg_rows rows = {t->link->relation->target, all[i].list.data, all[i].list.len,
                        vg__entry_at(b, i)->sink.row_size};
        rc = take(t, &rows, all[i].from, all[i].joined, below);
    }
    vg_batch_close(b);
    return rc;
}

/* ---- all of it ---- */

static int read_level(vg_db *db, const level *l, level *below)
{
    size_t statements = 0;
    int rc = VG_OK;
    for (vg_tree_task *t = l->first; rc == VG_OK && t; t = t->next) {
        rc = begin_task(t);
        size_t most = rc == VG_OK ? portion_of(t) : 1;
        statements += t->keys.count / most + (t->keys.count % most != 0);
    }
    if (rc != VG_OK)
        return rc;
    return statements > 1 && vg__services_of(db)->pipeline
               ? read_together(db, l, statements, below)
               : read_in_turn(l, below);
}

int vg__tree_load(vg_db *db, vg_arena *arena, const vg_clause *query, size_t count,
                  const vg_rows *rows)
{
    level now = {NULL, &now.first}, below;
    int rc = VG_OK;
    for (const vg_clause *q = query; rc == VG_OK && q < query + count; q++)
        if (q->kind == VG_CLAUSE_WITH)
            rc = vg__tree_stands_twice(query, q) ? vg__tree_refuse_twice(db, q)
                                                 : add_task(db, &now, arena, q, rows);
    while (rc == VG_OK && now.first) {
        below = (level){NULL, &below.first};
        rc = read_level(db, &now, &below);
        now = below;
    }
    vg_arena_reset(&db->forest->scratch);
    return rc;
}
