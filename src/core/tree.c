/* Loading trees: the rows of a statement, then level by level what its WITH clauses say
 * (tree_level.c), so that all of a tree is of one state of the database where that costs
 * little. */
#include "core/tree_task.h"
#include <virga/relation.h>

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
    return forest_of(db) ? VG_OK
                         : vg__tree_no_memory(db); /* a cursor's is not there yet */
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
    int rc = vg__tree_load(db, arena, query, count, rows);
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
    db->tree_holds = false;
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
            rc = vg__tree_load(db, sink->arena, query, count, &rows);
        if (rc != VG_OK && sink->row)
            memset(sink->row, 0, sink->row_size);
    } else if (step != VG_STEP_DONE) {
        rc = step;
    }
    int end = vg__stmt_release(db, stmt);
    return rc == VG_OK ? end : rc;
}

static int run_tree(vg_db *db, const vg_clause *query, size_t count, vg_sink *sink)
{
    vg_tree_root root;
    if (!forest_of(db))
        return vg__tree_no_memory(db);
    bool one = sink->kind == VG_SINK_ROW;
    if (sink->arena && !db->walk.failed &&
        vg__tree_join_root(db, query, count, one, &root)) {
        query = root.clauses;
        count = root.count;
        vg__walk_query(&db->walk, query, count);
    }
    vg_stmt *stmt = vg__stmt_acquire(db, &(vg_text_source){query, count, 0, 0, NULL});
    if (!stmt)
        return db->error.code;
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
    db->tree_holds = holds && rc == VG_OK;
    if (rc != VG_OK) {
        vg__stmt_release(db, stmt);
        return rc;
    }
    rc = vg__run(db, stmt, sink);
    if (rc == VG_OK)
        rc = vg__finish_list(db, sink);
    vg_rows rows = {head->shape, sink->row, sink->count, sink->row_size};
    if (rc == VG_OK && sink->kind != VG_SINK_NONE)
        rc = vg__tree_load(db, sink->arena, query, count, &rows);
    if (rc != VG_OK && sink->kind == VG_SINK_ROW && sink->row)
        memset(sink->row, 0, sink->row_size);
    return holds ? end_reading(db, rc) : rc;
}

const vg_tree_loader vg_trees = {run_tree, check_tree, step_tree};
