/* The files of a connection: the settings that each has for itself, attaching more. */
#include "driver/sqlite/sqlite.h"
#include <stdio.h>

static int pragma(vg_db *db, const char *name, const char *what, const char *value)
{
    char sql[400];
    sqlite3_snprintf(sizeof sql, sql, "pragma \"%w\".%s = %s", name, what, value);
    return db->driver->script(db, sql);
}

static int journal(vg_db *db, const char *name)
{
    static const char *const modes[] = {[VG_JOURNAL_WAL] = "wal",
                                        [VG_JOURNAL_KEEP] = "",
                                        [VG_JOURNAL_DELETE] = "delete"};
    sqlite3 *conn = vg__sqlite_of(db);
    const char *file = sqlite3_db_filename(conn, name);
    if (sqlite3_db_readonly(conn, name) || !file || !*file ||
        db->options.journal == VG_JOURNAL_KEEP)
        return VG_OK;
    int rc = pragma(db, name, "journal_mode", modes[db->options.journal]);
    if (rc == VG_BUSY) { /* another connection is writing: its mode stands */
        vg__begin(db, NULL);
        return VG_OK;
    }
    return rc;
}

static int pragma_int(vg_db *db, const char *name, const char *what, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    return pragma(db, name, what, text);
}

int vg__sqlite_set_up_file(vg_db *db, const char *name)
{
    static const char *const synchronous[] = {[VG_SYNC_NORMAL] = "normal",
                                              [VG_SYNC_FULL] = "full",
                                              [VG_SYNC_OFF] = "off",
                                              [VG_SYNC_EXTRA] = "extra"};
    const vg_options *o = &db->options;
    int rc = journal(db, name);
    if (rc == VG_OK)
        rc = pragma(db, name, "synchronous", synchronous[o->synchronous]);
    if (rc == VG_OK && o->cache_kib > 0)
        rc = pragma_int(db, name, "cache_size", -o->cache_kib);
    if (rc == VG_OK && o->log_limit_kib > 0)
        rc = pragma_int(db, name, "journal_size_limit",
                        o->log_limit_kib * INT64_C(1024));
    return rc;
}

/* ---- attaching ---- */

static int run(vg_db *db, const char *sql, const char *first, const char *second)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(vg__sqlite_of(db), sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, first, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK && second)
        rc = sqlite3_bind_text(stmt, 2, second, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    int code = rc == SQLITE_DONE ? VG_OK : vg__sqlite_fail(db, sql);
    sqlite3_finalize(stmt);
    return code;
}

/* The URL with mode=ro; false: too long. */
static bool read_only_url(char *out, size_t room, const char *url)
{
    if (strlen(url) * 3 + 20 > room)
        return false;
    if (strncmp(url, "file:", 5) == 0)
        snprintf(out, room, "%s%cmode=ro", url, strchr(url, '?') ? '&' : '?');
    else
        vg__sqlite_uri(out, room, url, "mode=ro");
    return true;
}

int vg__sqlite_attach(vg_db *db, const char *url, const char *name, bool read_only)
{
    static const char scheme[] = "sqlite:";
    char read_only_room[4096];
    if (strncmp(url, scheme, strlen(scheme)) == 0)
        url += strlen(scheme);
    if (read_only && strcmp(url, ":memory:") != 0) {
        if (!read_only_url(read_only_room, sizeof read_only_room, url))
            return vg__fail(db, VG_TOO_BIG, NULL, "vg_attach: the URL is too long");
        url = read_only_room;
    }
    int rc = run(db, "attach database ? as ?", url, name);
    if (rc != VG_OK)
        return rc;
    rc = vg__sqlite_set_up_file(db, name);
    if (rc != VG_OK) {
        vg_error error = db->error;
        run(db, "detach database ?", name, NULL);
        db->error = error;
    }
    return rc;
}

int vg__sqlite_detach(vg_db *db, const char *name)
{
    return run(db, "detach database ?", name, NULL);
}
