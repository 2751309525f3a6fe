/* The calls that run statements: all, one, get, exec, exists. */
#include "core/guard.h"
#include "core/limit.h"
#include "core/plan.h"
#include "core/tree.h"
#include "core/watch.h"
#include <stdio.h>

void vg__log(vg_db *db, const char *sql, int64_t started_ns, int64_t rows, int code)
{
    if (!db->options.log)
        return;
    /* The hook is given plain values: the codec is the driver's affair. */
    size_t count = vg__walk_param_count(&db->walk);
    vg_value *values = NULL;
    if (count && !db->options.redact_params)
        values = vg__arena_alloc(&db->walk.scratch, count * sizeof *values);
    for (size_t i = 0; values && i < count; i++)
        values[i] = db->walk.params[i].value;
    vg_log_event event = {.sql = sql,
                          .params = values,
                          .param_count = count,
                          .duration_ns = vg__clock() - started_ns,
                          .rows = rows,
                          .code = code,
                          .here = db->here ? db->here : ""};
    db->options.log(db->options.log_ctx, &event);
}

static int pay_rollback(vg_db *db)
{
    db->failed[0] = false;
    if (db->driver->in_transaction(db))
        vg__control_undo(db, "rollback");
    if (db->failed[0])
        return vg__fail(db, VG_NO_MEMORY, NULL,
                        "out of memory: a transaction is still to be rolled back");
    vg__begin(db, db->here);
    return db->limit.on ? vg__limit_begin(db) : VG_OK;
}

/* A listener's call is no statement of the transaction: it fails, and nothing else. */
static int refuse_listener(vg_db *db)
{
    bool failed = db->failed[db->depth];
    db->failed[db->depth] = true;
    vg__fail(db, VG_MISUSE, NULL,
             "a listener of vg_on_change may not use the connection that tells it");
    db->failed[db->depth] = failed;
    return VG_MISUSE;
}

static int refuse(vg_db *db)
{
    if (!db->conn)
        return vg__fail(db, VG_MISUSE, NULL, "the database is not open");
    if (db->watch && db->watch->telling)
        return refuse_listener(db);
    if (!db->failed[db->depth]) {
        int rc = db->attend ? db->attend(db) : VG_OK;
        return rc == VG_OK ? vg__limit_begin(db) : rc;
    }
    if (!db->depth)
        return pay_rollback(db);
    return vg__fail(
        db, VG_ROLLED_BACK, NULL,
        "a statement of this transaction failed (%s); it will be rolled back. Put "
        "a statement that may fail into a VG_TRANSACTION of its own",
        db->first->message);
}

int vg__start(vg_db *db, const char *here)
{
    vg__begin(db, here);
    bool plain = db->conn && !db->failed[db->depth] && !db->limit.on && !db->attend;
    return plain ? VG_OK : refuse(db);
}

static void *list_room(vg_db *db, const vg_sink *sink)
{
    size_t need = (sink->count + 1) * sink->row_size;
    if (need <= db->rows_cap)
        return db->rows + sink->count * sink->row_size;
    size_t cap = db->rows_cap ? db->rows_cap * 2 : 16384;
    while (cap < need)
        cap *= 2;
    char *rows = vg__db_alloc(db, db->rows, db->rows_cap, cap);
    if (!rows)
        return NULL;
    db->rows = rows;
    db->rows_cap = cap;
    return rows + sink->count * sink->row_size;
}

/* The same for rows that bring no strings along: they grow in the arena itself, at its end
 * as long as a block lasts, and need no copy when their number is known. */
static void *plain_room(vg_sink *sink)
{
    vg_arena *arena = sink->arena;
    size_t used = sink->count * sink->row_size;
    if (used + sink->row_size <= sink->room)
        return (char *)sink->row + used;
    size_t room = sink->room ? sink->room * 2 : 4096;
    while (room < used + sink->row_size)
        room *= 2;
    bool last = sink->room && (char *)sink->row + sink->room == arena->at;
    if (last && (size_t)(arena->end - arena->at) >= sink->row_size) {
        size_t left = (size_t)(arena->end - (char *)sink->row) & ~(size_t)7;
        sink->room = room < left ? room : left;
        arena->at = (char *)sink->row + sink->room;
        VG_SHOW(sink->row, sink->room);
        if (used + sink->row_size <= sink->room)
            return (char *)sink->row + used;
    }
    char *rows = vg__arena_alloc(arena, room);
    if (!rows)
        return NULL;
    if (used)
        memcpy(rows, sink->row, used);
    sink->row = rows;
    sink->room = room;
    return rows + used;
}

static int take_row(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    void *row = NULL;
    if (sink->kind == VG_SINK_LIST) {
        row = stmt->plan.plain && sink->arena ? plain_room(sink) : list_room(db, sink);
    } else {
        if (!sink->row)
            sink->row = vg__arena_alloc(sink->arena, sink->row_size);
        row = sink->row;
    }
    if (!row)
        return vg__fail(db, VG_NO_MEMORY, stmt->sql, "out of memory");
    vg__plan_blank(&stmt->plan, row, 1);
    int rc = db->driver->fetch(db, stmt->native, &stmt->plan, row, sink->arena);
    sink->count += rc == VG_OK;
    return rc;
}

int vg__take_row(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    return take_row(db, stmt, sink);
}

int vg__take_rows(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    size_t count = db->driver->row_count(stmt->native), size = sink->row_size;
    if (!count || (sink->count && !sink->row))
        return VG_OK;
    char *rows = vg__arena_alloc(sink->arena, (sink->count + count) * size);
    if (!rows)
        return vg__fail(db, VG_NO_MEMORY, stmt->sql, "out of memory");
    if (sink->count)
        memcpy(rows, sink->row, sink->count * size);
    sink->row = rows;
    vg__plan_blank(&stmt->plan, rows + sink->count * size, count);
    int rc = db->driver->fetch_rows(db, stmt->native, &stmt->plan,
                                    rows + sink->count * size, count, sink->arena);
    sink->count += rc == VG_OK ? count : 0;
    return rc;
}

/* Rows go to the sink; a statement that only reads is left when the sink is full. */
static int read_rows(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    const vg_driver *driver = db->driver;
    bool first_only = sink->kind == VG_SINK_ROW;
    int rc = driver->bind(db, stmt->native, db->walk.params,
                          vg__walk_param_count(&db->walk), false);
    if (rc == VG_OK && driver->fetch_rows && !first_only && sink->arena)
        rc = vg__take_rows(db, stmt, sink);
    while (rc == VG_OK) {
        int step = driver->step(db, stmt->native);
        if (step != VG_STEP_ROW) {
            rc = step == VG_STEP_DONE ? VG_OK : step;
            break;
        }
        if (first_only && sink->count)
            continue;
        rc = take_row(db, stmt, sink);
        if (first_only && !stmt->writes)
            break;
    }
    int end = driver->reset(db, stmt->native);
    return rc == VG_OK ? end : rc;
}

static inline int run_alone(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    int rc;
    bool wants = sink->kind != VG_SINK_NONE && stmt->plan.slot_count;
    sink->row_size = stmt->plan.row_size;
    if (wants)
        rc = read_rows(db, stmt, sink);
    else
        rc = db->driver->run(db, stmt->native, db->walk.params,
                             vg__walk_param_count(&db->walk));
    stmt->busy = false;
    return rc;
}

int vg__run_alone(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    return run_alone(db, stmt, sink);
}

static inline int run(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    return db->watch ? vg__watch_run(db, stmt, sink) : run_alone(db, stmt, sink);
}

int vg__run(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    return run(db, stmt, sink);
}

int vg__run_part(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    return db->record ? db->record(db, stmt) : run(db, stmt, sink);
}

vg_stmt *vg__acquire_query(vg_db *db, const vg_clause *query, size_t count)
{
    vg__walk_query(&db->walk, query, count);
    return vg__stmt_acquire(db, &(vg_text_source){query, count, 0, 0, NULL});
}

int vg__finish_list(vg_db *db, vg_sink *sink)
{
    size_t size = sink->count * sink->row_size;
    if (sink->room) { /* what the last growth took too much, back */
        if ((char *)sink->row + sink->room == sink->arena->at)
            sink->arena->at = (char *)sink->row + ((size + 7) & ~(size_t)7);
        sink->room = 0;
    }
    if (sink->kind != VG_SINK_LIST || !sink->count || sink->row)
        return VG_OK;
    sink->row = vg__arena_alloc(sink->arena, size);
    if (!sink->row)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    memcpy(sink->row, db->rows, size);
    return VG_OK;
}

int vg__whole_begin(vg_db *db, bool *nested)
{
    *nested = false;
    if (db->record)
        return VG_OK;
    *nested = db->driver->in_transaction(db);
    return vg__control(db, *nested ? "savepoint vg_rows"
                                   : db->dialect->begin[VG_TX_IMMEDIATE]);
}

int vg__whole_end(vg_db *db, bool nested, int rc, vg_sink *sink)
{
    if (db->record)
        return rc;
    if (rc == VG_OK)
        rc = vg__finish_list(db, sink);
    if (rc == VG_OK)
        rc = vg__control(db, nested ? "release vg_rows" : "commit");
    if (rc == VG_OK)
        return rc;
    vg_error error = db->error;
    if (db->driver->in_transaction(db)) {
        vg__control_undo(db, nested ? "rollback to vg_rows" : "rollback");
        if (nested)
            vg__control_undo(db, "release vg_rows");
    }
    db->error = error;
    return rc;
}

static inline int execute_one(vg_db *db, const vg_clause *query, size_t count,
                              vg_sink *sink)
{
    db->changes = -1;
    vg__walk_query(&db->walk, query, count);
    if (__builtin_expect(db->walk.tree != NULL, 0))
        return db->walk.tree->run(db, query, count, sink);
    vg_stmt *stmt = vg__stmt_acquire(db, &(vg_text_source){query, count, 0, 0, NULL});
    return stmt ? run(db, stmt, sink) : db->error.code;
}

/* RETURNING: when a row cannot be read, the change must not stay either. In a block it
 * will not; elsewhere it takes a transaction. */
static int execute_returning(vg_db *db, const vg_clause *query, size_t count,
                             vg_sink *sink)
{
    bool nested;
    int rc = vg__whole_begin(db, &nested);
    return rc == VG_OK
               ? vg__whole_end(db, nested, execute_one(db, query, count, sink), sink)
               : rc;
}

static inline int execute(vg_db *db, const vg_clause *query, size_t count,
                          vg_sink *sink)
{
    const vg_clause *head = vg__head_of(query, count);
    if (vg__is_values(head))
        return (head->kind == VG_CLAUSE_INSERT ? vg__insert_rows : vg__update_rows)(
            db, query, count, sink);
    bool writes = head->kind >= VG_CLAUSE_INSERT && head->kind <= VG_CLAUSE_DELETE;
    if (writes && sink->kind != VG_SINK_NONE && !db->depth)
        return execute_returning(db, query, count, sink);
    return execute_one(db, query, count, sink);
}

static int control(vg_db *db, const char *sql)
{
    vg_clause clause = vg_raw_sql(sql, 0, NULL);
    vg_sink none = {VG_SINK_NONE, NULL, NULL, 0, 0, 0};
    int64_t changes = db->changes;
    int rc = execute_one(db, &clause, 1, &none);
    db->changes = changes;
    return rc;
}

int vg__control(vg_db *db, const char *sql)
{
    if (db->limit.on && vg__limit_begin(db) != VG_OK)
        return db->error.code;
    return control(db, sql);
}

void vg__control_undo(vg_db *db, const char *sql)
{
    int64_t until = vg__limit_suspend(db);
    if (db->watch)
        db->watch->undoing = true;
    int rc = control(db, sql);
    if (db->watch)
        db->watch->undoing = false;
    if (rc == VG_NO_MEMORY && db->driver->in_transaction(db))
        rc = db->driver->script(db, sql);
    vg__limit_resume(db, until);
    if (rc != VG_OK && db->driver->in_transaction(db))
        db->failed[db->depth] = true;
}

/* Rows of long results are not kept once they are in the arena. */
static void trim_rows(vg_db *db)
{
    if (db->rows_cap <= VG_ROWS_KEPT)
        return;
    vg__db_alloc(db, db->rows, db->rows_cap, 0);
    db->rows = NULL;
    db->rows_cap = 0;
}

int vg__give_list(vg_db *db, vg_sink *sink, void *out, int rc)
{
    vg_list *list = out;
    if (rc == VG_OK)
        rc = vg__finish_list(db, sink);
    if (rc == VG_OK)
        *list = (vg_list){sink->row, sink->count};
    trim_rows(db);
    return rc;
}

int vg_run_all(vg_db *db, vg_arena *arena, void *out, const char *here,
               const vg_clause *query, size_t count)
{
    vg_sink sink = {VG_SINK_LIST, arena, NULL, 0, 0, 0};
    *(vg_list *)out = (vg_list){NULL, 0};
    VG_GUARD(db, here, VG_MISUSE);
    int rc = vg__start(db, here);
    if (rc == VG_OK)
        rc = execute(db, query, count, &sink);
    return vg__give_list(db, &sink, out, rc);
}

int vg_run_get(vg_db *db, vg_arena *arena, void *out, const char *here,
               const vg_clause *query, size_t count)
{
    vg_sink sink = {VG_SINK_ROW, arena, out, 0, 0, 0};
    VG_GUARD(db, here, VG_MISUSE);
    int rc = vg__start(db, here);
    if (rc == VG_OK)
        rc = execute(db, query, count, &sink);
    return rc == VG_OK && !sink.count ? VG_NOT_FOUND : rc;
}

int vg_run_one(vg_db *db, vg_arena *arena, void *out, const char *here,
               const vg_clause *query, size_t count)
{
    vg_sink sink = {VG_SINK_ROW, arena, NULL, 0, 0, 0};
    void **row = out;
    *row = NULL;
    VG_GUARD(db, here, VG_MISUSE);
    int rc = vg__start(db, here);
    if (rc == VG_OK)
        rc = execute(db, query, count, &sink);
    if (rc == VG_OK && sink.count)
        *row = sink.row;
    return rc == VG_OK && !sink.count ? VG_NOT_FOUND : rc;
}

int vg_run_exec(vg_db *db, const char *here, const vg_clause *query, size_t count)
{
    vg_sink sink = {VG_SINK_NONE, NULL, NULL, 0, 0, 0};
    VG_GUARD(db, here, VG_MISUSE);
    int rc = vg__start(db, here);
    return rc == VG_OK ? execute(db, query, count, &sink) : rc;
}

/* A value as it is, with what it points to in `arena`: a DEFAULT_FN's lies in the walk's
 * own memory. */
size_t vg__array_size(vg_value v)
{
    static const size_t sizes[] = {
        [VG_V_ARRAY_I32] = sizeof(int),           [VG_V_ARRAY_I64] = sizeof(int64_t),
        [VG_V_ARRAY_REAL] = sizeof(double),       [VG_V_ARRAY_TEXT] = sizeof(char *),
        [VG_V_ARRAY_TIME] = sizeof(vg_timestamp), [VG_V_ARRAY_UUID] = sizeof(vg_uuid)};
    vg_value_kind kind = vg_value_kind_of(v);
    return kind >= VG_V_ARRAY_I32 && kind <= VG_V_ARRAY_UUID
               ? sizes[kind] * vg_value_len(v)
               : 0;
}

static void keep_texts(vg_arena *arena, const char **texts, size_t count, bool *failed)
{
    for (size_t i = 0; i < count; i++)
        if (!(texts[i] = vg__arena_text(arena, texts[i], strlen(texts[i]))))
            *failed = true;
}

static vg_value keep_array(vg_arena *arena, vg_value v, bool *failed)
{
    size_t size = vg__array_size(v);
    void *copy = vg__arena_alloc(arena, size ? size : 1);
    if (copy && size)
        memcpy(copy, v.p, size);
    if (copy && vg_value_kind_of(v) == VG_V_ARRAY_TEXT)
        keep_texts(arena, copy, vg_value_len(v), failed);
    *failed |= !copy;
    v.p = copy;
    return v;
}

vg_value vg__keep_value(vg_arena *arena, vg_value v, bool *failed)
{
    size_t len = 16;
    switch (vg_value_kind_of(v)) {
    case VG_V_TEXT:
    case VG_V_BLOB: len = vg_value_len(v); break;
    case VG_V_UUID: break;
    case VG_V_ARRAY_I32:
    case VG_V_ARRAY_I64:
    case VG_V_ARRAY_REAL:
    case VG_V_ARRAY_TEXT:
    case VG_V_ARRAY_TIME:
    case VG_V_ARRAY_UUID: return keep_array(arena, v, failed);
    default: return v;
    }
    if (v.p && !(v.p = vg__arena_text(arena, v.p, len)))
        *failed = true;
    return v;
}

int vg_render_sql(vg_arena *arena, const vg_dialect *dialect, vg_rendered *out,
                  const vg_clause *query, size_t count)
{
    vg_walk walk;
    vg_buf sql;
    vg_parts parts;
    vg_render r = {.out = &sql, .dialect = dialect};
    *out = (vg_rendered){0};
    vg__walk_init(&walk, &arena->allocator);
    walk.arrays = dialect->arrays;
    vg__buf_init(&sql, &arena->allocator, VG_MAX_SQL);
    vg__parts(&parts, query, count);
    if (vg__is_values(vg__head_of(query, count))) {
        (parts.head->kind == VG_CLAUSE_INSERT ? vg__render_values
                                              : vg__render_updates)(&r, &walk, &parts);
    } else {
        vg__walk_query(&walk, query, count);
        if (!walk.failed)
            vg__render(&r, &parts);
    }
    int rc = walk.failed;
    const char *message = walk.message;
    if (!rc) {
        rc = r.failed       ? r.failed
             : sql.too_long ? VG_TOO_BIG
             : sql.failed   ? VG_NO_MEMORY
                            : VG_OK;
        message = r.failed ? r.message : "the SQL text is longer than 1 MiB";
    }
    if (!rc) {
        vg_value *values =
            vg__arena_alloc(arena, vg__walk_param_count(&walk) * sizeof *values + 1);
        out->text = vg__arena_text(arena, sql.text, sql.len);
        bool failed = !values || !out->text;
        for (size_t i = 0; !failed && i < vg__walk_param_count(&walk); i++)
            values[i] = vg__keep_value(arena, walk.params[i].value, &failed);
        if (failed)
            rc = VG_NO_MEMORY;
        out->params = values;
        out->param_count = vg__walk_param_count(&walk);
    }
    if (rc)
        snprintf(out->error, sizeof out->error, "%s",
                 rc == VG_NO_MEMORY ? "out of memory" : message);
    vg__buf_free(&sql);
    vg__walk_free(&walk);
    return rc;
}
