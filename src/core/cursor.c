/* Cursors: a statement left running, one row lent at a time. Finished cursors are kept
 * for the next one, so that a warm program allocates none. */
#include "core/guard.h"
#include "core/limit.h"
#include "core/plan.h"
#include "core/tree.h"
#include "core/watch.h"

struct vg_cursor {
    vg_db *db;
    vg_stmt *stmt;         /* NULL: finished */
    void **out;            /* the caller's row pointer */
    vg_arena arena, other; /* the row lent; see forget_row */
    vg_arena kept; /* for the log: the parameters, which others overwrite meanwhile */
    vg_value *params; /* NULL: redacted, or no log */
    size_t param_count;
    const vg_clause *query; /* a copy; NULL: it has no WITH */
    size_t clause_count;
    const vg_tree_loader *trees;
    vg_rows batch; /* with a WITH: rows that were read, and how many were lent */
    size_t lent;
    int step; /* whether there are more */
    int code; /* the first failure */
    int64_t rows;
    vg_watching watching;
    const char *here;
    vg_cursor *next; /* open or spare ones of the connection */
};

static vg_cursor *new_cursor(vg_db *db)
{
    vg_cursor *c = db->spare;
    if (c) {
        db->spare = c->next;
        return c;
    }
    c = vg__db_alloc(db, NULL, 0, sizeof *c);
    if (c)
        *c = (vg_cursor){.db = db,
                         .arena = {.allocator = db->allocator},
                         .other = {.allocator = db->allocator},
                         .kept = {.allocator = db->allocator}};
    return c;
}

static int keep_params(vg_db *db, vg_cursor *c)
{
    bool failed = false;
    size_t count = vg__walk_param_count(&db->walk);
    c->params = NULL;
    c->param_count = db->options.log ? count : 0;
    if (!c->param_count || db->options.redact_params)
        return VG_OK;
    c->params = vg__arena_alloc(&c->kept, count * sizeof *c->params);
    for (size_t i = 0; c->params && i < count; i++)
        c->params[i] = vg__keep_value(&c->kept, db->walk.params[i].value, &failed);
    if (c->params && !failed)
        return VG_OK;
    return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
}

/* db->walk has another query's by now. */
static void restore_params(vg_db *db, vg_cursor *c)
{
    vg__walk_begin(&db->walk);
    for (size_t i = 0; i < c->param_count; i++)
        vg__walk_param(&db->walk, c->params ? c->params[i] : vg_of_null(NULL), 0);
}

static void give_back(vg_db *db, vg_cursor *c)
{
    if (c->param_count || c->query)
        vg_arena_reset(&c->kept);
    c->next = db->spare;
    db->spare = c;
}

/* A row that cannot be read must take back the change that it tells of. */
static int refuse_write(vg_db *db, const vg_stmt *stmt)
{
    bool alone = !db->depth && !db->driver->in_transaction(db);
    if (stmt->writes && stmt->plan.slot_count && alone)
        return vg__fail(
            db, VG_MISUSE, stmt->sql,
            "a cursor over what is changed needs a VG_TRANSACTION around it; "
            "or read the rows by vg_all");
    return VG_OK;
}

int vg__cursor_open(vg_db *db, vg_stmt *stmt, vg_cursor **out, void *row)
{
    int rc = refuse_write(db, stmt);
    vg_cursor *c = rc == VG_OK ? new_cursor(db) : NULL;
    if (!c) {
        vg__stmt_release(db, stmt);
        return rc ? rc : vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    }
    rc = keep_params(db, c);
    if (rc == VG_OK && db->watch)
        rc = vg__watch_begin(db, &c->watching, stmt, stmt->sql);
    if (rc == VG_OK)
        rc = db->driver->bind(db, stmt->native, db->walk.params,
                              vg__walk_param_count(&db->walk), true);
    if (db->watch)
        db->watch->at = NULL; /* others run before it ends */
    if (rc != VG_OK) {
        vg__stmt_release(db, stmt);
        give_back(db, c);
        return rc;
    }
    c->stmt = stmt;
    c->out = row;
    c->code = VG_OK;
    c->query = NULL;
    c->batch.count = c->lent = 0;
    c->step = VG_STEP_ROW;
    c->rows = 0;
    c->watching.cursor = true;
    c->here = db->here;
    c->next = db->cursors;
    db->cursors = c;
    *out = c;
    return VG_OK;
}

/* The clauses are needed as long as the cursor, and may lie on the stack of who opened it. */
static int open_tree(vg_db *db, vg_stmt *stmt, vg_cursor **out, void *row,
                     const vg_clause *query, size_t count)
{
    bool ok = true;
    const vg_tree_loader *trees = db->walk.tree;
    int rc = trees->check(db, stmt, query, count);
    if (rc != VG_OK) {
        vg__stmt_release(db, stmt);
        return rc;
    }
    rc = vg__cursor_open(db, stmt, out, row);
    if (rc != VG_OK)
        return rc;
    vg_cursor *c = *out;
    c->query = vg__keep_clauses(&c->kept, query, count, &ok);
    c->clause_count = count;
    c->trees = trees;
    if (ok)
        return VG_OK;
    vg_finish(c);
    *out = NULL;
    return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
}

int vg_run_query(vg_db *db, vg_cursor **out, void *row, const char *here,
                 const vg_clause *query, size_t count)
{
    *out = NULL;
    *(void **)row = NULL;
    VG_GUARD(db, here, VG_MISUSE);
    int rc = vg__start(db, here);
    if (rc != VG_OK)
        return rc;
    vg_stmt *stmt = vg__acquire_query(db, query, count);
    if (!stmt)
        return db->error.code;
    return db->walk.tree ? open_tree(db, stmt, out, row, query, count)
                         : vg__cursor_open(db, stmt, out, row);
}

/* The lent row is gone. In debug builds the next one lies elsewhere, so that who still
 * looks at this one finds rubbish, and is reported by the address sanitizer. */
static void forget_row(vg_cursor *c)
{
    vg_arena_reset(&c->arena);
#ifdef VIRGA_DEBUG
    vg_arena other = c->other;
    c->other = c->arena;
    c->arena = other;
#endif
}

/* The next of the rows that were read together, or of those that come then. */
static bool next_of_tree(vg_cursor *c)
{
    if (c->lent == c->batch.count && c->step == VG_STEP_ROW) {
        forget_row(c);
        c->lent = c->batch.count = 0;
        c->step = c->trees->step(c->db, c->stmt, &c->arena, c->query, c->clause_count,
                                 &c->batch);
        if (c->step >= 0)
            c->batch.count = 0;
    }
    if (c->lent == c->batch.count) {
        c->code = c->step == VG_STEP_DONE ? VG_NOT_FOUND : c->step;
        return false;
    }
    c->rows++;
    *c->out = c->batch.at + c->lent++ * c->batch.stride;
    return true;
}

bool vg_next(vg_cursor *c)
{
    vg_db *db = c->db;
    VG_GUARD(db, c->here, false);
    *c->out = NULL;
    if (!c->stmt || c->code != VG_OK)
        return false;
    vg__begin(db, c->here);
    if (db->limit.on && vg__limit_begin(db) != VG_OK) {
        c->code = db->error.code;
        return false;
    }
    if (c->query)
        return next_of_tree(c);
    forget_row(c);
    int step = db->driver->step(db, c->stmt->native);
    if (step != VG_STEP_ROW) {
        c->code = step == VG_STEP_DONE ? VG_NOT_FOUND : step;
        return false;
    }
    void *row = vg__arena_alloc(&c->arena, c->stmt->plan.row_size);
    if (row)
        vg__plan_blank(&c->stmt->plan, row, 1);
    c->code =
        row ? db->driver->fetch(db, c->stmt->native, &c->stmt->plan, row, &c->arena)
            : vg__fail(db, VG_NO_MEMORY, c->stmt->sql, "out of memory");
    if (c->code != VG_OK)
        return false;
    c->rows++;
    *c->out = row;
    return true;
}

int vg_finish(vg_cursor *c)
{
    if (!c)
        return VG_OK;
    vg_db *db = c->db;
    VG_GUARD(db, c->here, VG_MISUSE);
    vg_cursor **at = &db->cursors;
    while (*at && *at != c)
        at = &(*at)->next;
    if (!*at)
        return VG_MISUSE; /* finished already */
    *at = c->next;
    int code = c->code == VG_NOT_FOUND ? VG_OK : c->code;
    if (code == VG_OK) /* what failed meanwhile was another query */
        vg__begin(db, c->here);
    int end = vg__stmt_release(db, c->stmt);
    if (code == VG_OK)
        code = end;
    db->here = c->here;
    restore_params(db, c);
    if (db->watch)
        vg__watch_end(db, &c->watching, c->rows, code);
    c->stmt = NULL;
    vg_arena_reset(&c->arena);
    give_back(db, c);
    return code;
}

const char *vg__cursors_end(vg_db *db)
{
    const char *leaked = NULL;
    while (db->cursors) {
        leaked = db->cursors->here;
        vg__warn(db,
                 &(vg_warning){.kind = VG_WARN_LEAK,
                               .here = leaked,
                               .sql = db->cursors->stmt->sql},
                 "%s: the cursor opened here was not finished: %s", leaked,
                 db->cursors->stmt->sql);
        vg_finish(db->cursors);
    }
    return leaked;
}

const char *vg__cursors_close(vg_db *db)
{
    const char *leaked = vg__cursors_end(db);
    while (db->spare) {
        vg_cursor *c = db->spare;
        db->spare = c->next;
        vg_arena_free(&c->arena);
        vg_arena_free(&c->other);
        vg_arena_free(&c->kept);
        vg__db_alloc(db, c, sizeof *c, 0);
    }
    return leaked;
}
