/* Connections: opening, closing, errors, creating a schema. */
#include "core/db.h"
#include "core/tree.h"
#include "core/ddl.h"
#include "core/objects.h"
#include "core/guard.h"
#include "core/watch.h"
#include <stdarg.h>
#include <virga/operations.h>
#include <stdio.h>

static void copy(char *to, size_t room, const char *from, size_t len)
{
    if (len >= room)
        len = room - 1;
    memcpy(to, from, len);
    to[len] = 0;
}

/* "file:line" into its parts; the end of a long path is what matters. */
void vg__error_place(vg_error *e, const char *here)
{
    e->file[0] = 0;
    e->line = 0;
    const char *colon = here ? strrchr(here, ':') : NULL;
    if (!colon)
        return;
    size_t len = (size_t)(colon - here);
    if (len >= sizeof e->file)
        here += len - (sizeof e->file - 1), len = sizeof e->file - 1;
    copy(e->file, sizeof e->file, here, len);
    for (const char *p = colon + 1; *p >= '0' && *p <= '9'; p++)
        e->line = e->line * 10 + (*p - '0');
}

static void copy_text(char *to, size_t room, const char *from)
{
    copy(to, room, from ? from : "", from ? strlen(from) : 0);
}

int vg__fail_with(vg_db *db, int code, const char *sql, const vg_details *details,
                  const char *format, ...)
{
    static const vg_details unknown;
    const vg_details *d = details ? details : &unknown;
    vg_error *e = &db->error;
    va_list args;
    va_start(args, format);
    vsnprintf(e->message, sizeof e->message, format, args);
    va_end(args);
    e->code = code;
    db->met |= UINT32_C(1) << code;
    e->native = d->native;
    e->position = d->position;
    copy_text(e->sqlstate, sizeof e->sqlstate,
              d->sqlstate ? d->sqlstate : vg_code_sqlstate(code));
    copy_text(e->constraint, sizeof e->constraint, d->constraint);
    copy_text(e->table, sizeof e->table, d->table);
    copy_text(e->column, sizeof e->column, d->column);
    copy_text(e->sql, sizeof e->sql, sql);
    vg__error_place(e, db->here);
    if (db->depth && !db->failed[db->depth]) {
        db->failed[db->depth] = true;
        *db->first = *e;
    }
    return code;
}

const char *vg_errmsg(const vg_db *db)
{
    const vg_error *refused = vg__guard_error(db);
    if (refused)
        return refused->message;
    return db->error.code ? db->error.message : "";
}

const vg_error *vg_errinfo(const vg_db *db)
{
    static const vg_error none;
    const vg_error *refused = vg__guard_error(db);
    if (refused)
        return refused;
    return db->error.code ? &db->error : &none;
}

int64_t vg_changes(const vg_db *db)
{
    if (!db->conn || db->changes >= 0)
        return db->conn ? db->changes : 0;
    return db->driver->changes(db);
}

int64_t vg_last_id(const vg_db *db)
{
    return db->conn ? db->driver->last_id(db) : 0;
}

vg_stats vg_statistics(const vg_db *db)
{
    vg_stats stats = db->stats;
    stats.cached = db->cache.count;
    return stats;
}

const char *vg_dialect_name(const vg_db *db)
{
    return db->driver->dialect->name;
}

void *vg_raw(vg_db *db)
{
    return db->conn && db->driver->raw ? db->driver->raw(db) : db->conn;
}

/* A file whose name looks like a URL would be a surprise. */
static int open_by_scheme(vg_db *db, const char *url)
{
    size_t len;
    if (vg__scheme_unknown(url, &len))
        return vg__fail(db, VG_CONNECT, NULL,
                        "vg_open: no database goes by %.*s://; there is %s",
                        len > 30 ? 30 : (int)len, url, vg__schemes_known);
    return db->driver->open(db, url);
}

int vg__open(vg_db **out, const char *url, const vg_options *options, bool existing,
             int64_t until_ns)
{
    static const vg_options defaults;
    const vg_options *o = options ? options : &defaults;
    *out = NULL;
    vg_db *db = vg__alloc(&o->allocator, NULL, 0, sizeof *db);
    if (!db)
        return VG_NO_MEMORY;
    memset(db, 0, sizeof *db);
    db->allocator = o->allocator;
    db->options = *o;
    db->first = &db->first_room;
    db->changes = -1;
    db->existing = existing;
    db->limit.open_ns = until_ns;
    vg__guard_open(db);
    db->driver = vg__driver_for(url ? url : "");
    db->dialect = db->driver->dialect;
    db->cache.limit = o->statement_cache > 0 ? (size_t)o->statement_cache : 128;
    *out = db;
    int rc = vg__fault_open(db);
    vg__walk_init(&db->walk, &db->allocator);
    vg__buf_init(&db->sql, &db->allocator, VG_MAX_SQL);
    if (!url)
        return vg__fail(db, VG_MISUSE, NULL, "vg_open: the URL is NULL");
    if (rc == VG_OK)
        rc = open_by_scheme(db, url);
    db->walk.arrays = db->dialect->arrays;
    if (rc == VG_OK)
        rc = vg__watch_open(db);
    vg_deadline(db, 0);
    if (rc == VG_NO_MEMORY) {
        vg_close(db);
        *out = NULL;
    }
    return rc;
}

int vg_open(vg_db **out, const char *url, const vg_options *options)
{
    return vg__open(out, url, options, false, 0);
}

bool vg__hangers_end(vg_db *db, bool closing)
{
    bool open = false;
    for (vg_hanger *h = db->hangers, *next; h; h = next) {
        next = h->next;
        open |= h->end(db, h, closing);
    }
    if (closing)
        db->hangers = NULL;
    return open;
}

int vg_close(vg_db *db)
{
    if (!db)
        return VG_OK;
    if (db->home) /* it is the pool's */
        return vg__fail(db, VG_MISUSE, NULL,
                        "vg_close: the connection is a pool's; give it back with "
                        "vg_pool_release");
    const char *leaked = vg__cursors_close(db);
    vg__hangers_end(db, true);
    if (db->conn && db->depth && db->driver->in_transaction(db)) {
        vg__warn(db, &(vg_warning){.kind = VG_WARN_LEAK, .here = db->block},
                 "%s: vg_close inside of this transaction, which is rolled back",
                 db->block);
        db->depth = 0;
        vg__control_undo(db, "rollback");
    }
    if (db->forest)
        db->forest_end(db);
    vg__cache_clear(db);
    vg_faults *faults = db->watch ? db->watch->faults : NULL;
    if (db->conn)
        db->driver->close(db);
    vg__watch_close(db);
    vg__walk_free(&db->walk);
    vg__buf_free(&db->sql);
    vg__db_alloc(db, db->rows, db->rows_cap, 0);
    vg_allocator allocator = db->allocator;
    vg__alloc(&allocator, db, sizeof *db, 0);
    if (faults)
        vg__fault_close(faults);
    return leaked ? VG_MISUSE : VG_OK;
}

int vg__run_script(vg_db *db, const char *sql)
{
    vg_watching x;
    vg__walk_begin(&db->walk);
    int rc = db->watch ? vg__watch_begin(db, &x, NULL, sql) : VG_OK;
    if (rc != VG_OK)
        return rc;
    rc = db->driver->script(db, sql);
    if (db->watch)
        vg__watch_end(db, &x, 0, rc);
    return rc;
}

int vg_script(vg_db *db, const char *script)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    int rc = vg__start(db, NULL);
    if (rc != VG_OK)
        return rc;
    db->changes = -1;
    return vg__run_script(db, script);
}

static int run_ddl(void *ctx, const char *sql)
{
    return vg__run_script(ctx, sql);
}

/* What vg_create and vg_create_in make. */
typedef struct creation {
    const vg_schema *schema;
    const char *database; /* NULL: the main one */
} creation;

static bool is_meant(const creation *c, const vg_shape *table)
{
    return vg__is_plain_table(table) && vg__same_database(table->database, c->database);
}

static int create_all(vg_db *db, void *ctx)
{
    const creation *c = ctx;
    const vg_schema *schema = c->schema;
    vg_buf ddl;
    int rc = VG_OK;
    vg__buf_init(&ddl, &db->allocator, VG_MAX_SQL);
    if (db->dialect->create) {
        rc = db->dialect->create(&ddl, schema, c->database, run_ddl, db);
        if (rc == VG_NO_MEMORY && !db->error.code)
            vg__fail(db, rc, NULL, "out of memory");
        vg__buf_free(&ddl);
        return rc == VG_OK && !c->database
                   ? vg__objects_create(db, schema, vg__run_script)
                   : rc;
    }
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        if (!is_meant(c, schema->tables[i]))
            continue;
        rc = db->driver->can_create(db, schema->tables[i]);
        if (rc != VG_OK)
            break;
        vg__buf_reset(&ddl);
        vg__ddl_table(&ddl, db->dialect, schema->tables[i], true);
        rc = ddl.failed ? vg__fail(db, VG_NO_MEMORY, NULL, "out of memory")
                        : run_ddl(db, ddl.text);
    }
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        if (!is_meant(c, schema->tables[i]))
            continue;
        rc = vg__ddl_indexes(&ddl, db->dialect, schema->tables[i], true, run_ddl, db);
        if (rc == VG_NO_MEMORY && !db->error.code)
            vg__fail(db, rc, NULL, "out of memory");
    }
    vg__buf_free(&ddl);
    return rc == VG_OK && !c->database ? vg__objects_create(db, schema, vg__run_script)
                                       : rc;
}

int vg_create(vg_db *db, const vg_schema *schema)
{
    return vg_create_in(db, schema, NULL);
}

int vg_create_in(vg_db *db, const vg_schema *schema, const char *database)
{
    creation c = {schema, database};
    char problem[300];
    vg__begin(db, NULL);
    if (vg__schema_problem(schema, db->dialect, problem, sizeof problem) ||
        vg__objects_problem(schema, problem, sizeof problem) ||
        vg__dialect_problem(schema, db->dialect, problem, sizeof problem))
        return vg__fail(db, VG_SCHEMA, NULL, "%s", problem);
    return vg_transaction(db, VG_TX_DEFAULT, create_all, &c);
}
