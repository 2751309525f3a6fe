/* What goes along with the runs of statements, in its order. */
#include "core/watch.h"
#include <stdio.h>

/* ---- tables ---- */

int vg__watch_number(vg_watch *w, const vg_allocator *allocator, const char *table)
{
    for (size_t i = 0; i < w->table_count; i++)
        if (strcmp(w->tables[i].name, table) == 0)
            return (int)i;
    if (w->table_count == w->table_room) {
        size_t room = w->table_room ? w->table_room * 2 : 16;
        vg_seen_table *tables =
            vg__alloc(allocator, w->tables, w->table_room * sizeof *tables,
                      room * sizeof *tables);
        if (!tables)
            return -1;
        w->tables = tables;
        w->table_room = room;
    }
    size_t size = strlen(table) + 1;
    char *name = vg__alloc(allocator, NULL, 0, size);
    if (!name)
        return -1;
    memcpy(name, table, size);
    w->tables[w->table_count] = (vg_seen_table){.name = name};
    return (int)w->table_count++;
}

void vg__watch_table(vg_db *db, const char *table, bool writes)
{
    vg_watch *w = db->watch;
    int number = vg__watch_number(w, &db->allocator, table);
    uint64_t bits = number < 0 ? UINT64_MAX : vg__watch_bit((size_t)number);
    if (number < 0)
        vg__watch_impure(db);
    if (!w->at)
        w->written |= writes ? bits : 0;
    else if (writes)
        w->at->tables_written |= bits;
    else
        w->at->tables_read |= bits;
}

void vg__watch_impure(vg_db *db)
{
    if (db->watch->at)
        db->watch->at->impure = true;
}

void vg__watch_schema(vg_db *db)
{
    if (db->watch->at)
        db->watch->at->tables_written = UINT64_MAX;
    else
        db->watch->written = UINT64_MAX;
}

void vg__watch_replaced(vg_db *db)
{
    if (db->options.query_cache)
        vg__cached_changed(db, UINT64_MAX);
    if (!db->watch->feed)
        return;
    vg__feed_lost(db->watch->feed);
    vg__feed_deliver(db);
}

/* ---- a run ---- */

int vg__watch_begin(vg_db *db, vg_watching *x, vg_stmt *stmt, const char *sql)
{
    vg_watch *w = db->watch;
    *x = (vg_watching){.sql = sql, .stmt = stmt};
    int rc = w->faults && !w->undoing ? vg__fault_check(db, sql) : VG_OK;
    x->started_ns = vg__clock();
    if (rc != VG_OK) {
        vg__log(db, sql, x->started_ns, 0, rc);
        return rc;
    }
    w->at = stmt;
    w->written = 0;
    if (w->installed) {
        x->total = db->driver->telling->total_changes(db);
        x->feed_mark = vg__feed_mark(w->feed);
    }
    return VG_OK;
}

/* What was changed, and whether it is committed by now. */
static void settle(vg_db *db, vg_watching *x, int code)
{
    vg_watch *w = db->watch;
    uint64_t written = w->written | (x->stmt ? x->stmt->tables_written : 0);
    bool open = db->driver->in_transaction(db);
    w->total = db->driver->telling->total_changes(db);
    w->pending |= written;
    if (w->feed)
        vg__feed_end(db, x, written, code);
    if (open)
        return;
    if (w->pending && db->options.query_cache)
        vg__cached_changed(db, w->pending);
    w->pending = 0;
    if (w->feed)
        vg__feed_deliver(db);
}

void vg__watch_end(vg_db *db, vg_watching *x, int64_t rows, int code)
{
    vg_watch *w = db->watch;
    int64_t duration = vg__clock() - x->started_ns;
    w->at = NULL;
    vg__log(db, x->sql, x->started_ns, rows, code);
    if (w->report)
        vg__report_run(db, x, duration, rows, code);
    if (w->installed && !x->cached)
        settle(db, x, code);
}

int vg__watch_run(vg_db *db, vg_stmt *stmt, vg_sink *sink)
{
    vg_watching x;
    uint64_t born = 0;
    int rc = vg__watch_begin(db, &x, stmt, stmt->sql);
    if (rc != VG_OK) {
        stmt->busy = false;
        return rc;
    }
    sink->row_size = stmt->plan.row_size;
    if (db->options.query_cache && sink->kind != VG_SINK_NONE && !stmt->writes)
        x.cached = vg__cached_get(db, stmt, sink, &born, &rc);
    if (x.cached)
        stmt->busy = false;
    else
        rc = vg__run_alone(db, stmt, sink);
    if (born && rc == VG_OK)
        vg__cached_put(db, stmt, sink, born);
    vg__watch_end(db, &x,
                  stmt->writes && rc == VG_OK ? db->driver->changes(db)
                                              : (int64_t)sink->count,
                  rc);
    return rc;
}

void vg__watch_unprepared(vg_db *db, const char *sql, int code)
{
    db->watch->at = NULL;
    vg__log(db, sql, vg__clock(), 0, code);
}

/* ---- opening and closing ---- */

vg_watch *vg__watch_make(vg_db *db)
{
    if (!db->watch && (db->watch = vg__db_alloc(db, NULL, 0, sizeof *db->watch))) {
        *db->watch = (vg_watch){0};
        vg__buf_init(&db->watch->key, &db->allocator, VG_MAX_SQL);
    }
    return db->watch;
}

vg_watch *vg__watch_install(vg_db *db, const char *instead)
{
    vg_watch *w = vg__watch_make(db);
    if (!w) {
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    if (w->installed)
        return w;
    if (!db->driver->telling) {
        vg__fail(db, VG_UNSUPPORTED, NULL,
                 "%s does not tell a connection which rows change: %s",
                 db->dialect->name, instead);
        return NULL;
    }
    if (db->driver->telling->start(db) != VG_OK)
        return NULL;
    w->total = db->driver->telling->total_changes(db);
    w->installed = true;
    return w;
}

int vg__watch_open(vg_db *db)
{
    const vg_options *o = &db->options;
    if (!o->log && !o->query_cache && !vg__report_wanted(db) && !db->watch)
        return VG_OK;
    if (!vg__watch_make(db))
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    if (vg__report_wanted(db) && vg__report_open(db) != VG_OK)
        return db->error.code;
    if (o->query_cache) {
        if (!vg__watch_install(db, "open it without options.query_cache"))
            return db->error.code;
        vg__cached_open(db);
    }
    return VG_OK;
}

void vg__watch_close(vg_db *db)
{
    vg_watch *w = db->watch;
    if (!w)
        return;
    vg__feed_free(db);
    vg__report_free(db);
    for (size_t i = 0; i < w->table_count; i++)
        vg__db_alloc(db, w->tables[i].name, strlen(w->tables[i].name) + 1, 0);
    vg__db_alloc(db, w->tables, w->table_room * sizeof *w->tables, 0);
    vg__buf_free(&w->key);
    vg__db_alloc(db, w, sizeof *w, 0);
    db->watch = NULL;
}
