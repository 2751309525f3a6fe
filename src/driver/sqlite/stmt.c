/* Preparing, binding, stepping. */
#include "core/codec.h"
#include "driver/sqlite/sqlite.h"
#include <math.h>

int vg__sqlite_prepare(vg_db *db, const char *sql, size_t len, void **native)
{
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;
    int rc = sqlite3_prepare_v3(vg__sqlite_of(db), sql, (int)len + 1,
                                SQLITE_PREPARE_PERSISTENT, &stmt, &tail);
    *native = stmt;
    if (rc != SQLITE_OK)
        return vg__sqlite_fail(db, sql);
    if (!stmt)
        return vg__fail(db, VG_SYNTAX, sql, "the statement is empty");
    while (tail && (*tail == ';' || *tail == ' ' || *tail == '\n' || *tail == '\t'))
        tail++;
    if (tail && *tail)
        return vg__fail(db, VG_SYNTAX, sql,
                        "one statement at a time; vg_script runs several");
    return VG_OK;
}

void vg__sqlite_finalize(vg_db *db, void *native)
{
    (void)db;
    sqlite3_finalize(native);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int bind_time(sqlite3_stmt *stmt, int at, vg_timestamp t, const vg_column *codec)
{
    char text[VG_TIMESTAMP_ROOM];
    switch (vg__codec_mode(codec)) {
    case VG_MODE_SECONDS: return sqlite3_bind_int64(stmt, at, floor_div(t.us, 1000000));
    case VG_MODE_MILLISECONDS:
        return sqlite3_bind_int64(stmt, at, floor_div(t.us, 1000));
    case VG_MODE_ISO_TEXT:
        codec && codec->type == VG_TYPE_DATE ? vg_date_format(t, text)
                                             : vg_timestamp_format(t, text);
        return sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT);
    default: return sqlite3_bind_int64(stmt, at, t.us);
    }
}

static int bind_uuid(sqlite3_stmt *stmt, int at, const vg_uuid *uuid,
                     const vg_column *codec)
{
    char text[37];
    if (vg__codec_mode(codec) == VG_MODE_BINARY)
        return sqlite3_bind_blob(stmt, at, uuid->bytes, 16, SQLITE_TRANSIENT);
    return sqlite3_bind_text(stmt, at, vg_uuid_format(uuid, text), 36,
                             SQLITE_TRANSIENT);
}

static int bind_text(sqlite3_stmt *stmt, int at, vg_value v,
                     sqlite3_destructor_type life)
{
    /* A NULL pointer is bound as NULL; SQLite measures a text that ends in NUL. */
    if (!(v.meta >> 8))
        return sqlite3_bind_text(stmt, at, v.s, -1, life);
    return sqlite3_bind_text64(stmt, at, v.s, vg_value_len(v), life, SQLITE_UTF8);
}

static int bind_one(sqlite3_stmt *stmt, int at, const vg_param *p,
                    sqlite3_destructor_type life)
{
    vg_value v = p->value;
    if (vg_value_kind_of(v) == VG_V_TEXT) /* the commonest */
        return bind_text(stmt, at, v, life);
    switch (vg_value_kind_of(v)) {
    case VG_V_INT:
    case VG_V_BOOL: return sqlite3_bind_int64(stmt, at, v.i);
    case VG_V_REAL:
        return isnan(v.d) ? SQLITE_MISMATCH : sqlite3_bind_double(stmt, at, v.d);
    case VG_V_TIME: return bind_time(stmt, at, (vg_timestamp){v.i}, p->codec);
    case VG_V_BLOB: return sqlite3_bind_blob64(stmt, at, v.p, vg_value_len(v), life);
    case VG_V_UUID:
        return v.p ? bind_uuid(stmt, at, v.p, p->codec) : sqlite3_bind_null(stmt, at);
    case VG_V_NULL: return sqlite3_bind_null(stmt, at);
    default: return SQLITE_NOTFOUND; /* of a type that SQLite has not */
    }
}

static int fail_bind(vg_db *db, void *native, size_t index, int rc)
{
    if (rc == SQLITE_MISMATCH)
        return vg__fail(
            db, VG_VALUE, sqlite3_sql(native),
            "parameter %zu is NaN, which SQL cannot store; NULL may be meant",
            index + 1);
    if (rc == SQLITE_NOTFOUND)
        return vg__fail(db, VG_UNSUPPORTED, sqlite3_sql(native),
                        "parameter %zu has a type that SQLite does not have",
                        index + 1);
    return vg__sqlite_fail(db, sqlite3_sql(native));
}

int vg__sqlite_bind(vg_db *db, void *native, const vg_param *params, size_t count,
                    bool copy)
{
    sqlite3_destructor_type life = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    for (size_t i = 0; i < count; i++) {
        int rc = bind_one(native, (int)i + 1, &params[i], life);
        if (rc != SQLITE_OK)
            return fail_bind(db, native, i, rc);
    }
    return VG_OK;
}

int vg__sqlite_run(vg_db *db, void *native, const vg_param *params, size_t count)
{
    int rc = vg__sqlite_bind(db, native, params, count, false);
    if (rc != VG_OK) {
        sqlite3_reset(native);
        return rc;
    }
    while ((rc = sqlite3_step(native)) == SQLITE_ROW)
        ;
    if (rc == SQLITE_DONE)
        return sqlite3_reset(native) == SQLITE_OK
                   ? VG_OK
                   : vg__sqlite_fail(db, sqlite3_sql(native));
    rc = vg__sqlite_fail(db, sqlite3_sql(native));
    sqlite3_reset(native);
    return rc;
}

int vg__sqlite_step(vg_db *db, void *native)
{
    int rc = sqlite3_step(native);
    if (rc == SQLITE_ROW)
        return VG_STEP_ROW;
    return rc == SQLITE_DONE ? VG_STEP_DONE : vg__sqlite_fail(db, sqlite3_sql(native));
}

int vg__sqlite_reset(vg_db *db, void *native)
{
    /* An error of the last step is told again here: it is known. A new one is not. */
    return sqlite3_reset(native) == SQLITE_OK || db->error.code
               ? VG_OK
               : vg__sqlite_fail(db, sqlite3_sql(native));
}

size_t vg__sqlite_column_count(void *native)
{
    return (size_t)sqlite3_column_count(native);
}

bool vg__sqlite_writes(void *native)
{
    /* "begin immediate" counts as a writer, but changes no rows. */
    return !sqlite3_stmt_readonly(native) &&
           sqlite3_strnicmp(sqlite3_sql(native), "begin", 5) != 0;
}
