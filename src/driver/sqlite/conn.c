/* Opening SQLite as it should be by default, and turning its errors into ours. */
#include "core/limit.h"
#include "driver/sqlite/sqlite.h"
#include <stdio.h>

enum { OLDEST = 3035000 }; /* RETURNING */

/* ---- errors ---- */

static bool begins(const char *message, const char *with)
{
    return strncmp(message, with, strlen(with)) == 0;
}

/* Whether the message ends so: names of the user's stand before it. */
static bool ends(const char *message, const char *with)
{
    size_t len = strlen(message), end = strlen(with);
    return len >= end && strcmp(message + len - end, with) == 0;
}

/* What a build of SQLite may leave out, by its message (after _ anything may follow); the
 * user knows it by another name. */
typedef struct left_out {
    const char *message, *why;
} left_out;

static const left_out lefts[] = {
    {"no such module: fts5",
     "FTS_TABLE needs FTS5, which this SQLite was built without"},
    {"no such function: ceil",
     "CEIL needs the math functions, which this SQLite was built without"},
    {"no such function: floor",
     "FLOOR needs the math functions, which this SQLite was built without"},
    {"no such function: sqrt",
     "SQRT needs the math functions, which this SQLite was built without"},
    {"no such function: power",
     "POWER needs the math functions, which this SQLite was built without"},
    {"no such function: json_",
     "JSON needs functions that this SQLite was built without"},
};

static const left_out *find_left_out(const char *message)
{
    for (size_t i = 0; i < sizeof lefts / sizeof *lefts; i++) {
        const char *wanted = lefts[i].message;
        bool whole = wanted[strlen(wanted) - 1] != '_';
        if (whole ? strcmp(message, wanted) == 0 : begins(message, wanted))
            return &lefts[i];
    }
    return NULL;
}

static int code_of_error(const char *message)
{
    if (begins(message, "no such module") || find_left_out(message))
        return VG_UNSUPPORTED;
    if (begins(message, "no such ") || begins(message, "unknown database ") ||
        ends(message, " already exists") || ends(message, " is already in use") ||
        strstr(message, " has no column named "))
        return VG_SCHEMA;
    if (ends(message, ": syntax error") || begins(message, "incomplete input") ||
        begins(message, "unrecognized token: "))
        return VG_SYNTAX;
    if (begins(message, "too many ") || ends(message, " too large"))
        return VG_TOO_BIG;
    if (begins(message, "database ") && ends(message, " is locked"))
        return VG_BUSY; /* detaching what a cursor reads */
    if (ends(message, "not currently supported"))
        return VG_UNSUPPORTED;
    return VG_DATABASE;
}

static int code_of(int extended, const char *message)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return VG_UNIQUE;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return VG_FOREIGN_KEY;
    case SQLITE_CONSTRAINT_NOTNULL: return VG_NOT_NULL;
    case SQLITE_CONSTRAINT_CHECK: return VG_CHECK;
    case SQLITE_CONSTRAINT_DATATYPE: return VG_VALUE; /* of a STRICT table */
    default: break;
    }
    switch (extended & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return VG_BUSY;
    case SQLITE_READONLY: return VG_READ_ONLY;
    case SQLITE_FULL: return VG_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return VG_CORRUPT;
    case SQLITE_IOERR: return extended == SQLITE_IOERR_NOMEM ? VG_NO_MEMORY : VG_IO;
    case SQLITE_CANTOPEN: return VG_CONNECT;
    case SQLITE_NOMEM: return VG_NO_MEMORY;
    case SQLITE_TOOBIG: return VG_TOO_BIG;
    case SQLITE_INTERRUPT: return VG_INTERRUPTED;
    case SQLITE_MISUSE: return VG_MISUSE;
    case SQLITE_MISMATCH: return VG_VALUE;
    case SQLITE_RANGE: return VG_INVALID;
    case SQLITE_ERROR: return code_of_error(message);
    default: return VG_DATABASE;
    }
}

/* Where the message is finer than the code; NULL: it is not. */
static const char *sqlstate_of(int code, const char *message)
{
    if (code != VG_SCHEMA)
        return NULL;
    if (begins(message, "no such table") || begins(message, "no such view"))
        return "42P01";
    if (begins(message, "no such column") || strstr(message, " has no column named "))
        return "42703";
    if (begins(message, "no such function"))
        return "42883";
    if (begins(message, "no such database") || begins(message, "unknown database "))
        return "3F000";
    if (ends(message, " is already in use"))
        return "42P06";
    if (begins(message, "no such savepoint"))
        return "3B001";
    return ends(message, " already exists") ? "42P07" : NULL;
}

/* The names that SQLite tells in the text of its message only. */
typedef struct names {
    char constraint[64];
    char table[64];
    char columns[130];
} names;

static void put(char *to, size_t room, const char *from, size_t len)
{
    if (len >= room)
        len = room - 1;
    memcpy(to, from, len);
    to[len] = 0;
}

static void add_column(names *n, const char *column, size_t len)
{
    size_t used = strlen(n->columns);
    if (used + len + 2 > sizeof n->columns)
        return;
    if (used)
        n->columns[used++] = ',';
    put(n->columns + used, len + 1, column, len);
}

/* "UNIQUE constraint failed: t.a, t.b", "...: index 'name'", "CHECK constraint failed:
 * name". */
static void read_names(names *n, int code, const char *message)
{
    static const char failed[] = "failed: ", index[] = "index '";
    const char *at = strstr(message, failed);
    if (!at)
        return;
    at += strlen(failed);
    if (code == VG_CHECK) {
        put(n->constraint, sizeof n->constraint, at, strlen(at));
    } else if (strncmp(at, index, strlen(index)) == 0) {
        at += strlen(index);
        put(n->constraint, sizeof n->constraint, at, strcspn(at, "'"));
    } else {
        for (; *at; at += strspn(at, ", ")) {
            size_t len = strcspn(at, ",");
            const char *dot = memchr(at, '.', len);
            if (dot) {
                put(n->table, sizeof n->table, at, (size_t)(dot - at));
                add_column(n, dot + 1, len - (size_t)(dot + 1 - at));
            }
            at += len;
        }
    }
}

int vg__sqlite_fail(vg_db *db, const char *sql)
{
    return vg__sqlite_fail_on(db, vg__sqlite_of(db), sql);
}

static int position_of(sqlite3 *conn)
{
#if SQLITE_VERSION_NUMBER >= 3038000
    return conn ? sqlite3_error_offset(conn) + 1 : 0;
#else
    (void)conn;
    return 0;
#endif
}

int vg__sqlite_fail_on(vg_db *db, sqlite3 *conn, const char *sql)
{
    int native = conn ? sqlite3_extended_errcode(conn) : SQLITE_NOMEM;
    const char *message = conn ? sqlite3_errmsg(conn) : "out of memory";
    int code = code_of(native, message);
    names n = {"", "", ""};
    char why[200];
    if (code == VG_BUSY || code == VG_INTERRUPTED) {
        vg__limit_why(db, why, sizeof why);
        if (*why) /* stopped, perhaps while it waited */
            code = VG_INTERRUPTED;
        else if (code == VG_INTERRUPTED && vg__limit_interrupted(db))
            snprintf(why, sizeof why, "interrupted by vg_interrupt");
        message = *why ? why : message;
    }
    const left_out *left = code == VG_UNSUPPORTED ? find_left_out(message) : NULL;
    if (left) {
        snprintf(why, sizeof why, "%s (%.100s)", left->why, message);
        message = why;
    }
    read_names(&n, code, message);
    return vg__fail_with(db, code, sql,
                         &(vg_details){native, sqlstate_of(code, message), n.constraint,
                                       n.table, n.columns, position_of(conn)},
                         "%s", message);
}

/* ---- opening ---- */

static int script(vg_db *db, const char *sql)
{
    int rc = sqlite3_exec(vg__sqlite_of(db), sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? VG_OK : vg__sqlite_fail(db, sql);
}

static int configure(vg_db *db)
{
    sqlite3 *conn = vg__sqlite_of(db);
    const vg_options *o = &db->options;
    sqlite3_extended_result_codes(conn, 1);
    vg__sqlite_wait_for_locks(db);
    /* A cache of statements uses up the default pool; a library without one says no. */
    sqlite3_db_config(conn, SQLITE_DBCONFIG_LOOKASIDE, NULL, 1200, 400);
    sqlite3_db_config(conn, SQLITE_DBCONFIG_ENABLE_FKEY, !o->foreign_keys_off, NULL);
    /* A quoted name that is no column would be read as a text: let it be an error. */
    sqlite3_db_config(conn, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    /* The first look at the file: what is no database is found out here. */
    int rc = script(db, "pragma schema_version");
    db->read_only = sqlite3_db_readonly(conn, "main") == 1;
    if (rc == VG_OK)
        rc = vg__sqlite_set_up_file(db, "main");
    if (rc == VG_OK && o->checkpoint_pages)
        sqlite3_wal_autocheckpoint(conn, o->checkpoint_pages);
    return rc;
}

static void close_conn(vg_db *db)
{
    sqlite3_close_v2(vg__sqlite_of(db));
    db->conn = NULL;
}

static int open_conn(vg_db *db, const char *url)
{
    static const char scheme[] = "sqlite:";
    if (sqlite3_libversion_number() < OLDEST)
        return vg__fail(db, VG_UNSUPPORTED, NULL,
                        "SQLite %s is too old: Virga needs 3.35", sqlite3_libversion());
    if (strncmp(url, scheme, strlen(scheme)) == 0)
        url += strlen(scheme);
    if (!*url)
        return vg__fail(
            db, VG_CONNECT, NULL,
            "vg_open: the URL names no file; \":memory:\" is a database in memory");
    if (!sqlite3_compileoption_used("ENABLE_UPDATE_DELETE_LIMIT"))
        db->dialect = &vg__dialect_sqlite_plain;
    /* SQLite refuses "mode=rwc" without the flag to create. */
    bool create = !db->existing || strstr(url, "mode=rwc");
    /* One thread at a time uses a connection, so SQLite's own lock is not needed. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI |
                (db->options.read_only
                     ? SQLITE_OPEN_READONLY
                     : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0));
    sqlite3 *conn = NULL;
    int rc = sqlite3_open_v2(url, &conn, flags, NULL);
    db->conn = conn;
    if (rc == SQLITE_OK && configure(db) == VG_OK)
        return VG_OK;
    if (rc != SQLITE_OK) {
        int code = vg__sqlite_fail(db, NULL);
        if (rc == SQLITE_ERROR) /* the URL: an unknown mode, host or VFS */
            code = VG_CONNECT;
        vg_details details = {.native = db->error.native};
        if (code != VG_NO_MEMORY)
            vg__fail_with(db, code, NULL, &details, "cannot open \"%.300s\": %s", url,
                          sqlite3_errmsg(conn));
    }
    if (conn)
        close_conn(db);
    return db->error.code;
}

static int64_t changes(const vg_db *db)
{
    return sqlite3_changes(db->conn);
}

static int64_t last_id(const vg_db *db)
{
    return sqlite3_last_insert_rowid(db->conn);
}

static bool in_transaction(vg_db *db)
{
    return !sqlite3_get_autocommit(vg__sqlite_of(db));
}

int vg__sqlite_knows(vg_db *db, const vg_shape *table, int version)
{
    enum { STRICT_SINCE = 3037000 };
    if (!table->strict || version >= STRICT_SINCE)
        return VG_OK;
    return vg__fail(db, VG_UNSUPPORTED, NULL,
                    "table %s: STRICT needs SQLite 3.37, this is %d.%d", table->name,
                    version / 1000000, version / 1000 % 1000);
}

static int can_create(vg_db *db, const vg_shape *table)
{
    return vg__sqlite_knows(db, table, sqlite3_libversion_number());
}

const vg_driver vg__driver_sqlite = {
    .name = "sqlite",
    .dialect = &vg_dialect_sqlite,
    .telling = &vg__sqlite_telling,
    .open = open_conn,
    .close = close_conn,
    .prepare = vg__sqlite_prepare,
    .finalize = vg__sqlite_finalize,
    .bind = vg__sqlite_bind,
    .step = vg__sqlite_step,
    .reset = vg__sqlite_reset,
    .run = vg__sqlite_run,
    .column_count = vg__sqlite_column_count,
    .column_fits = vg__sqlite_column_fits,
    .explain = vg__sqlite_explain,
    .writes = vg__sqlite_writes,
    .fetch = vg__sqlite_fetch,
    .script = vg__sqlite_script,
    .can_create = can_create,
    .changes = changes,
    .last_id = last_id,
    .in_transaction = in_transaction,
    .watch = vg__sqlite_watch,
    .interrupt = vg__sqlite_interrupt,
};
