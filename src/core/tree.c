/* Loading trees: after the rows of a statement one statement more for each WITH, with the keys
 * of all parents in a list, and so on downwards. The rows of one relation lie one behind the
 * other, ordered by parent, and are the parents of the next level. Long lists are read in
 * portions. */
#include "core/tree_task.h"
#include <virga/relation.h>

enum { MAX_KEYS = 256 };

int vg__tree_no_memory(vg_db *db)
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
        for (vg_tree_link *l = forest->links[i], *next; l; l = next) {
            next = l->next;
            vg__db_alloc(db, l, sizeof *l, 0);
        }
    }
    vg_arena_free(&forest->scratch);
    vg__db_alloc(db, forest, sizeof *forest, 0);
    db->forest = NULL;
}

/* ---- rows to parents ---- */

typedef struct many {
    void *data;
    size_t len;
} many;

/* Nothing is there yet, but that is known. */
static void set_empty(const vg_tree_task *t)
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

static void place(const vg_tree_task *t, size_t key, char *rows, size_t count)
{
    const vg_relation *r = t->link->relation;
    const vg_keys *keys = &t->keys;
    size_t from = keys->first ? keys->first[key] : key;
    size_t to = keys->first ? keys->first[key + 1] : key + 1;
    for (; from < to; from++) {
        char *row = t->parents.at + keys->parents[from] * t->parents.stride;
        void **one = (void **)(void *)(row + r->offset);
        if (r->kind != VG_RELATION_ONE)
            *(many *)(void *)(row + r->offset) = (many){rows, count};
        else if (!*one) /* of several, which there should not be, the first */
            *one = rows;
    }
}

/* The rows of a key do not stand together: others are equal to it for the database. */
static bool is_placed(const vg_tree_task *t, size_t key)
{
    const vg_relation *r = t->link->relation;
    uint32_t parent = t->keys.parents[t->keys.first ? t->keys.first[key] : key];
    const char *row = t->parents.at + parent * t->parents.stride;
    return r->kind != VG_RELATION_ONE &&
           ((const many *)(const void *)(row + r->offset))->len != 0;
}

static int fail_stray(const vg_tree_task *t)
{
    return vg__fail(
        t->db, VG_VALUE, NULL,
        "relation %s.%s: a row has a key that is equal to its parent's for the "
        "database alone (a collation, a number's spelling); make them the same",
        t->with->shape->name, t->link->relation->name);
}

/* Rows of one parent stand together; `from` is the first key that was asked for. */
static int spread(const vg_tree_task *t, vg_rows *rows, size_t size, size_t from)
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

static int read_keys(vg_tree_task *t, size_t from, size_t count)
{
    vg_db *db = t->db;
    vg_tree_statement s;
    many list = {0};
    int rc = vg__tree_build(t, &s, from, count);
    if (rc != VG_OK)
        return rc;
    const char *site = (const char *)t->link->relation + vg__tree_pad(count);
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
    vg_tree_task t = {.db = db,
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
    t.link = vg__tree_link_of(db, with->shape, relation);
    if (!t.link)
        return db->error.code;
    int rc = with->n ? vg__tree_sort(&t) : VG_OK;
    if (rc != VG_OK || !parents->count)
        return rc;
    set_empty(&t);
    if (vg__keys_collect(&t.keys, t.scratch, parents, &t.link->parent) != VG_OK)
        return vg__tree_no_memory(db);
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
        return vg__tree_no_memory(db);
    for (const vg_clause *q = query; rc == VG_OK && q < query + count; q++)
        if (q->kind == VG_CLAUSE_WITH)
            rc = vg__tree_stands_twice(query, q) ? vg__tree_refuse_twice(db, q)
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
    return forest_of(db) ? VG_OK : vg__tree_no_memory(db);
}

enum { ROWS_AT_ONCE = 64 };

static int step_tree(vg_db *db, vg_stmt *stmt, vg_arena *arena, const vg_clause *query,
                     size_t count, vg_rows *rows)
{
    const vg_clause *head = vg__first_head(vg__head_of(query, count));
    size_t size = stmt->plan.row_size;
    char *at = vg__arena_alloc(arena, ROWS_AT_ONCE * size);
    *rows = (vg_rows){head->shape, at, 0, size};
    int step = at ? VG_STEP_ROW : vg__tree_no_memory(db);
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
