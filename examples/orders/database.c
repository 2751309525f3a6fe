/* The database; database.h says what. SPDX-License-Identifier: MIT */
#include "database.h"
#include "orders.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What `virga embed` makes of migrations/ and migrations-postgresql/ when the program is
 * built. */
extern const vg_migrations shop_migrations, shop_postgresql_migrations;
extern const char shop_fingerprint[], shop_postgresql_fingerprint[];

enum {
    BUSY_MS = 5000, /* to wait for a lock or for a connection */
    SLOW_MS = 250,  /* a statement that is worth a line in the log, with its plan */
    WAL_KIB = 16 << 10,
    CLOSE_MS = 10000,
    FULL_PERCENT = 80
};

/* ---- what Virga has to say ---- */

static void log_error(logger *log, const char *event, const vg_error *e)
{
    log_line line;
    log_begin(&line, log, LEVEL_ERROR, event);
    log_text(&line, "code", vg_code_name(e->code));
    log_text(&line, "message", e->message);
    log_end(&line);
}

static void on_report(void *log, const vg_error *e)
{
    log_error(log, "pool", e);
}

static void on_warning(void *log, const vg_warning *w)
{
    log_line line;
    log_begin(&line, log, LEVEL_WARN, "database");
    log_text(&line, "message", w->message);
    log_text(&line, "sql", w->sql);
    log_text(&line, "plan", w->plan);
    log_end(&line);
}

/* ---- what differs between databases ---- */

/* The largest size, which is a matter of each connection. A pragma takes no parameter, so the
 * number is written into its text; it is the operator's, and was checked to be one. */
static int sqlite_set_up(vg_db *db, const settings *s)
{
    int64_t page;
    char pragma[64];
    if (s->max_database_mib == 0)
        return VG_OK;
    int rc =
        vg_get(db, NULL, &page,
               SELECT_VALUE(SQL(INTEGER, "(select page_size from pragma_page_size)")));
    if (rc)
        return rc;
    snprintf(pragma, sizeof pragma, "pragma max_page_count = %" PRId64,
             (s->max_database_mib << 20) / page);
    return vg_script(db, pragma);
}

static int sqlite_tidy_up(vg_db *db)
{
    int rc = vg_optimize(db);
    int end = vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, NULL);
    return end ? end : rc;
}

/* The server waits for its disk unless a session does not want it to. It has no limit to the
 * size of a database: MAX_DATABASE_MIB only warns. */
static int postgresql_set_up(vg_db *db, const settings *s)
{
    return s->power_safe ? VG_OK : vg_script(db, "set synchronous_commit = off");
}

static int postgresql_tidy_up(vg_db *db)
{
    (void)db; /* the server does that by itself */
    return VG_OK;
}

struct database_kind {
    const char *dialect;
    const vg_migrations *migrations;
    const char *fingerprint; /* after all of them; "": not known */
    int (*set_up)(vg_db *db, const settings *s);
    int (*tidy_up)(vg_db *db); /* before the end */
};

static const database_kind kinds[] = {
    {"sqlite", &shop_migrations, shop_fingerprint, sqlite_set_up, sqlite_tidy_up},
    {"postgresql", &shop_postgresql_migrations, shop_postgresql_fingerprint,
     postgresql_set_up, postgresql_tidy_up},
};

static const database_kind *kind_of(const vg_db *db)
{
    const database_kind *kind = kinds;
    while (strcmp(kind->dialect, vg_dialect_name(db)) != 0)
        kind++;
    return kind;
}

const vg_migrations *database_migrations(const vg_db *db)
{
    return kind_of(db)->migrations;
}

/* ---- opening ---- */

static bool on_migration(void *log, const vg_migrate_event *e)
{
    log_line line;
    if (e->kind != VG_MIGRATE_DONE && e->kind != VG_MIGRATE_WARNING)
        return true;
    log_begin(&line, log, e->kind == VG_MIGRATE_DONE ? LEVEL_INFO : LEVEL_WARN,
              "migrate");
    log_text(&line, "migration", e->migration ? e->migration->tag : NULL);
    if (e->kind == VG_MIGRATE_WARNING)
        log_text(&line, "message", e->text);
    log_number(&line, "duration_ms", e->elapsed_ns / 1000000);
    log_end(&line);
    return true;
}

/* Apply what is pending. A schema that is another one after that, changed by hand or by a
 * newer program, is told and not refused: what is asked of it may well be there. */
static int migrate(vg_db *db, const database_kind *kind, logger *log)
{
    const vg_migrate_options options = {.progress = on_migration, .progress_ctx = log};
    int rc = vg_migrate(db, kind->migrations, &options);
    if (rc == VG_OK && *kind->fingerprint &&
        vg_check_fingerprint(db, NULL, kind->fingerprint))
        log_message(log, LEVEL_WARN, "schema", vg_errmsg(db));
    return rc;
}

/* On each new connection. The first one is opened by vg_pool_open, before there are others,
 * and also migrates. */
static int set_up(vg_db *db, void *ctx)
{
    database *d = ctx;
    const database_kind *kind = kind_of(db);
    int rc = kind->set_up(db, d->settings);
    if (rc == VG_OK && !d->migrated) {
        d->kind = kind;
        rc = migrate(db, kind, d->log);
        d->migrated = rc == VG_OK;
    }
    return rc;
}

bool database_open(database *d, const settings *s, logger *log)
{
    *d = (database){.settings = s, .log = log};
    const vg_pool_options options = {
        .readers = (int)s->threads + 1,
        .wait_ms = BUSY_MS,
        .wal_limit_kib = WAL_KIB,
        .setup = set_up,
        .setup_ctx = d,
        .report = on_report,
        .report_ctx = log,
        .connection = {.synchronous = s->power_safe ? VG_SYNC_FULL : VG_SYNC_NORMAL,
                       .busy_timeout_ms = BUSY_MS,
                       .slow_ms = SLOW_MS,
                       .repeat_limit = -1, /* the seed asks the same, on purpose */
                       .warn = on_warning,
                       .warn_ctx = log},
    };
    if (vg_pool_open(&d->pool, s->database_url, &options)) {
        log_error(log, "open", vg_pool_errinfo(NULL));
        return false;
    }
    return true;
}

/* ---- watching and closing ---- */

void database_check_size(const database *d)
{
    int64_t bytes = 0, most = d->settings->max_database_mib << 20;
    if (most == 0)
        return;
    VG_READ(d->pool, db)
        orders_size(db, &bytes);
    if (bytes < most / 100 * FULL_PERCENT)
        return;
    log_line line;
    log_begin(&line, d->log, LEVEL_WARN, "database_nearly_full");
    log_number(&line, "bytes", bytes);
    log_number(&line, "max_bytes", most);
    log_end(&line);
}

bool database_close(database *d)
{
    VG_WRITE(d->pool, db) {
        if (d->kind->tidy_up(db))
            log_error(d->log, "checkpoint", vg_errinfo(db)); /* the log file stays */
    }
    if (vg_pool_close(d->pool, CLOSE_MS)) {
        log_error(d->log, "close", vg_pool_errinfo(d->pool));
        return false;
    }
    d->pool = NULL;
    return true;
}
