/* What SQLite brings to migrations.
 *
 * Foreign keys are switched by sqlite3_db_config and not by the PRAGMA, which does nothing in
 * a transaction: so they come back even when a rollback is still owed. The table is the one
 * that Drizzle ORM makes; its id is SERIAL, which is no rowid to SQLite, so id stays NULL. */
#include "base/arena.h"
#include "dialect/sqlite.h"
#include "driver/sqlite/sqlite.h"

/* ---- statements ---- */

static const vg_pattern patterns[] = {
    {"ROLLBACK TO", 0},
    {"ROLLBACK TRANSACTION TO", 0},
    {"ROLLBACK", VG_DOES_TRANSACTION},
    {"BEGIN", VG_DOES_TRANSACTION},
    {"COMMIT", VG_DOES_TRANSACTION},
    {"END", VG_DOES_TRANSACTION},
    {"SAVEPOINT", VG_DOES_NO_ORPHANS},
    {"RELEASE", VG_DOES_NO_ORPHANS},
    {"VACUUM", VG_DOES_ALONE},
    {"PRAGMA FOREIGN_KEYS", VG_DOES_KEYS | VG_DOES_NO_ORPHANS},
    {"PRAGMA MAIN . FOREIGN_KEYS", VG_DOES_KEYS | VG_DOES_NO_ORPHANS},
    {"PRAGMA", VG_DOES_NO_ORPHANS},
    {"DROP TABLE", VG_DOES_LOSE},
    {"DROP VIEW", VG_DOES_NO_ORPHANS},
    {"DROP TRIGGER", VG_DOES_NO_ORPHANS},
    {"DELETE", VG_DOES_LOSE},
    {"UPDATE", VG_DOES_LOSE},
    {"REPLACE", VG_DOES_LOSE},
    {"INSERT OR REPLACE", VG_DOES_LOSE},
    {"WITH ... DELETE FROM", VG_DOES_LOSE},
    {"WITH ... UPDATE", VG_DOES_LOSE},
    {"WITH ... REPLACE INTO", VG_DOES_LOSE},
    {"ALTER TABLE # RENAME TO", VG_DOES_RENAME | VG_DOES_NO_ORPHANS},
    {"ALTER TABLE # RENAME", VG_DOES_NO_ORPHANS},
    {"ALTER TABLE # DROP", VG_DOES_LOSE},
    {"ALTER TABLE # ADD ... REFERENCES", 0},
    {"ALTER TABLE # ADD", VG_DOES_NO_ORPHANS},
    {"CREATE", VG_DOES_NO_ORPHANS},
    {"SELECT", VG_DOES_NO_ORPHANS},
    {"ANALYZE", VG_DOES_NO_ORPHANS},
    {"REINDEX", VG_DOES_NO_ORPHANS},
    {NULL, 0},
};

static bool begins(const char *message, const char *with)
{
    return strncmp(message, with, strlen(with)) == 0;
}

static int set(vg_db *db, int what, int on)
{
    int now = 0;
    sqlite3_db_config(vg__sqlite_of(db), what, on, &now);
    return now;
}

/* ---- the table of applied migrations ---- */

static void create(vg_buf *out, const vg_applied_in *ledger)
{
    vg__buf_text(out, "CREATE TABLE IF NOT EXISTS ");
    vg__buf_name(out, '"', ledger->table);
    vg__buf_text(
        out, " (\n\t\t\t\tid SERIAL PRIMARY KEY,\n\t\t\t\thash text NOT NULL,\n\t\t\t\t"
             "created_at numeric\n\t\t\t)");
}

static int make(vg_db *db, const vg_applied_in *ledger)
{
    vg_buf sql;
    vg__buf_init(&sql, &db->allocator, SIZE_MAX / 2);
    create(&sql, ledger);
    int rc = sql.failed ? vg__fail(db, VG_NO_MEMORY, NULL, "out of memory")
                        : vg_script(db, sql.text);
    vg__buf_free(&sql);
    return rc;
}

static void add(vg_buf *out, const vg_applied_in *ledger, const char *hash,
                int64_t when)
{
    vg__buf_text(out, "insert into ");
    vg__buf_name(out, '"', ledger->table);
    vg__buf_text(out, " (\"hash\", \"created_at\") values (");
    vg__buf_literal(out, hash, strlen(hash));
    vg__buf_text(out, ", ");
    vg__buf_int(out, when);
    vg__buf_char(out, ')');
}

static void take_out(vg_buf *out, const vg_applied_in *ledger, int64_t key)
{
    vg__buf_text(out, "delete from ");
    vg__buf_name(out, '"', ledger->table);
    vg__buf_text(out, " where rowid = ");
    vg__buf_int(out, key);
}

/* Rows of a query, one after the other. */
typedef struct asking {
    vg_db *db;
    sqlite3_stmt *stmt;
    int code; /* of what went wrong */
} asking;

/* `sql` has %w and the like for `name`, or nothing. */
static asking ask(vg_db *db, const char *format, const char *name)
{
    asking a = {db, NULL, VG_OK};
    char *sql = sqlite3_mprintf(format, name);
    if (!sql)
        a.code = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    else if (sqlite3_prepare_v2(vg__sqlite_of(db), sql, -1, &a.stmt, NULL) != SQLITE_OK)
        a.code = vg__sqlite_fail(db, sql);
    sqlite3_free(sql);
    return a;
}

static bool row(asking *a)
{
    if (a->code != VG_OK)
        return false;
    int rc = sqlite3_step(a->stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        a->code = vg__sqlite_fail(a->db, sqlite3_sql(a->stmt));
    return rc == SQLITE_ROW;
}

static int done(asking *a)
{
    sqlite3_finalize(a->stmt);
    return a->code;
}

static int no_memory(asking *a)
{
    a->code = vg__fail(a->db, VG_NO_MEMORY, sqlite3_sql(a->stmt), "out of memory");
    return a->code;
}

/* A column as a text in the arena; NULL: see a->code. */
static const char *text_of(asking *a, int i, vg_arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(a->stmt, i);
    size_t len = (size_t)sqlite3_column_bytes(a->stmt, i);
    char *copy = text ? vg__arena_text(arena, text, len) : NULL;
    if (!copy)
        no_memory(a);
    return copy;
}

static int64_t one_number(vg_db *db, const char *format, const char *name, int *code)
{
    asking a = ask(db, format, name);
    int64_t n = row(&a) ? sqlite3_column_int64(a.stmt, 0) : 0;
    *code = done(&a);
    return n;
}

static int applied(vg_db *db, const vg_applied_in *ledger, vg_arena *arena,
                   vg_applied_list *out)
{
    int rc;
    const char *table = ledger->table;
    *out = (vg_applied_list){NULL, 0};
    int64_t count = one_number(db,
                               "select count(*) from main.sqlite_master "
                               "where type = 'table' and lower(name) = lower(%Q)",
                               table, &rc);
    if (rc == VG_OK && count)
        count = one_number(db, "select count(*) from main.\"%w\"", table, &rc);
    if (rc != VG_OK || !count)
        return rc;
    /* One that is added just now is left for the next look. */
    out->data = vg__arena_alloc(arena, (size_t)count * sizeof *out->data);
    asking a = ask(db,
                   "select rowid, coalesce(cast(\"created_at\" as integer), 0), "
                   "coalesce(\"hash\", '') from main.\"%w\" order by rowid",
                   table);
    if (!out->data)
        no_memory(&a);
    while ((int64_t)out->len < count && row(&a)) {
        vg_applied *r = &out->data[out->len++];
        r->key = sqlite3_column_int64(a.stmt, 0);
        r->when = sqlite3_column_int64(a.stmt, 1);
        r->hash = text_of(&a, 2, arena);
    }
    return done(&a);
}

/* ---- running ---- */

/* Foreign keys to tables that are not there. */
#define LOST_KEYS                                                                \
    "from main.sqlite_master m, pragma_foreign_key_list(m.name) k "              \
    "where m.type = 'table' and not exists (select 1 from main.sqlite_master t " \
    "where t.type = 'table' and t.name = k.\"table\" collate nocase)"

/* The names that they refer to, each as /name/; to be freed by sqlite3_free. NULL: after
 * vg__fail. */
static char *lost_names(vg_db *db)
{
    asking a = ask(
        db,
        "select coalesce(group_concat('/' || lower(k.\"table\") || '/'), '') " LOST_KEYS
        "%s",
        "");
    char *names =
        row(&a) ? sqlite3_mprintf("%s", sqlite3_column_text(a.stmt, 0)) : NULL;
    if (!names && a.code == VG_OK)
        no_memory(&a);
    done(&a);
    return names;
}

/* A table that is made anew goes and comes back under its name (DROP TABLE t, ALTER TABLE
 * __new_t RENAME TO t), and until then views and triggers that use it are broken, which makes
 * SQLite refuse to rename anything. The old way of renaming does not look at them; but it also
 * leaves foreign keys to the old name as they are, so it will not do if there are any. */
static int rename_anyway(vg_db *db, const char *sql)
{
    vg_error why = db->error;
    int code, was = set(db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, -1);
    char *lost = lost_names(db);
    if (!lost)
        return db->error.code;
    set(db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 1);
    int rc = vg_script(db, sql);
    set(db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, was);
    int64_t more = 0;
    if (rc == VG_OK) {
        more = one_number(db,
                          "select count(*) " LOST_KEYS
                          " and not instr(%Q, '/' || lower(k.\"table\") || '/')",
                          lost, &code);
        rc = code;
    }
    sqlite3_free(lost);
    return rc == VG_OK && more ? vg__fail(db, why.code, sql, "%s", why.message) : rc;
}

/* Whether `sql` ends in that name, in quotes or not. */
static bool ends_in_name(const char *sql, const char *name)
{
    size_t len = strlen(sql), name_len = strlen(name);
    while (len && strchr(" \t\r\n\"`]'", sql[len - 1]))
        len--;
    return len > name_len && strchr(" \t\r\n\"`['", sql[len - name_len - 1]) &&
           sqlite3_strnicmp(sql + len - name_len, name, (int)name_len) == 0;
}

/* A view or trigger misses just the table that the statement would bring back. Anything else
 * that is broken is for somebody to look at. */
static bool brings_back(const char *message, const char *sql)
{
    static const char missing[] = ": no such table: ";
    if (!begins(message, "error in view ") && !begins(message, "error in trigger "))
        return false;
    const char *name = strstr(message, missing);
    if (!name)
        return false;
    name += strlen(missing);
    name += begins(name, "main.") ? strlen("main.") : 0;
    return ends_in_name(sql, name);
}

static int run(vg_db *db, const char *sql, unsigned does)
{
    bool failed = db->failed[db->depth];
    int rc = vg_script(db, sql);
    if (rc == VG_OK || !(does & VG_DOES_RENAME) || !brings_back(db->error.message, sql))
        return rc;
    db->failed[db->depth] = failed; /* the statement alone is undone, and tried again */
    return rename_anyway(db, sql);
}

/* A temporary table hides the database's of the same name: a migration would change that one
 * and be counted as applied. */
static int ready(vg_db *db)
{
    asking a = ask(db,
                   "select t.name from temp.sqlite_master t, main.sqlite_master m "
                   "where t.type in ('table', 'view') and m.name = t.name collate "
                   "nocase%s",
                   "");
    if (row(&a))
        a.code = vg__fail(db, VG_MISUSE, NULL,
                          "the temporary table %.200s hides the one of the database: "
                          "drop it, or migrate before it is made",
                          sqlite3_column_text(a.stmt, 0));
    return done(&a);
}

/* ---- foreign keys ---- */

static void begin(vg_db *db, vg_migrating *state)
{
    state->keys = set(db, SQLITE_DBCONFIG_ENABLE_FKEY, -1);
    state->renames = set(db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, -1);
    set(db, SQLITE_DBCONFIG_ENABLE_FKEY, 0);
    set(db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 0);
}

static void end(vg_db *db, const vg_migrating *state)
{
    set(db, SQLITE_DBCONFIG_ENABLE_FKEY, state->keys);
    set(db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, state->renames);
}

static int all_tables(vg_db *db, vg_arena *arena, vg_orphans_list *out)
{
    static const char from[] = " from main.sqlite_master where type = 'table'";
    int rc;
    int64_t count =
        one_number(db, "select count(*)%s", from, &rc); /* in a transaction: it stays */
    if (rc != VG_OK || !count)
        return rc;
    asking a = ask(db, "select name%s", from);
    out->tables = vg__arena_alloc(arena, (size_t)count * sizeof *out->tables);
    if (!out->tables)
        no_memory(&a);
    while ((int64_t)out->table_count < count && row(&a))
        out->tables[out->table_count++] = text_of(&a, 0, arena);
    return done(&a);
}

static bool append(vg_orphans_list *list, const vg_orphans *o, vg_arena *arena)
{
    size_t len = list->len;
    if ((len & (len - 1)) == 0) {
        vg_orphans *data = vg__arena_alloc(arena, (len ? len * 2 : 1) * sizeof *data);
        if (!data)
            return false;
        if (len)
            memcpy(data, list->data, len * sizeof *data);
        list->data = data;
    }
    list->data[list->len++] = *o;
    return true;
}

/* A key that refers to columns that are no key makes the whole check fail. That is no failure
 * of the transaction. */
static int mismatch(asking *a, vg_arena *arena, bool failed, vg_orphans_list *out)
{
    const char *message = a->db->error.message;
    if (a->code == VG_OK || !begins(message, "foreign key mismatch"))
        return a->code;
    out->unknown = vg__arena_text(arena, message, strlen(message));
    if (!out->unknown)
        return no_memory(a);
    a->db->failed[a->db->depth] = failed;
    return VG_OK;
}

static int orphans(vg_db *db, vg_arena *arena, vg_orphans_list *out)
{
    *out = (vg_orphans_list){.data = NULL};
    bool failed = db->failed[db->depth];
    int rc = all_tables(db, arena, out);
    if (rc != VG_OK)
        return rc;
    asking a = ask(db,
                   "select \"table\", parent, count(*), coalesce(max(\"rowid\"), 0) "
                   "from pragma_foreign_key_check group by 1, 2%s",
                   "");
    while (row(&a)) {
        vg_orphans o = {.table = text_of(&a, 0, arena),
                        .parent = text_of(&a, 1, arena)};
        o.count = sqlite3_column_int64(a.stmt, 2);
        o.row = sqlite3_column_int64(a.stmt, 3);
        if (a.code == VG_OK && !append(out, &o, arena))
            no_memory(&a);
    }
    rc = mismatch(&a, arena, failed, out);
    sqlite3_finalize(a.stmt);
    return rc;
}

/* ---- counters ---- */

static int counter(vg_db *db, const char *table, int64_t *out)
{
    int rc;
    int64_t counts = one_number(
        db, "select count(*) from main.sqlite_master where name = 'sqlite_sequence'%s",
        "", &rc);
    *out = 0;
    if (rc == VG_OK && counts)
        *out = one_number(db,
                          "select coalesce(max(cast(seq as integer)), 0) from "
                          "main.sqlite_sequence where name = %Q collate nocase",
                          table, &rc);
    return rc;
}

static int raise_counter(vg_db *db, const char *table, int64_t value, bool *there)
{
    int counts = 0;
    *there =
        sqlite3_table_column_metadata(vg__sqlite_of(db), "main", table, "rowid", NULL,
                                      NULL, NULL, NULL, &counts) == SQLITE_OK &&
        counts;
    if (!*there)
        return VG_OK;
    char *sql = sqlite3_mprintf(
        "update main.sqlite_sequence set seq = %lld where name = %Q collate nocase and "
        "seq < %lld; insert into main.sqlite_sequence (name, seq) select m.name, %lld "
        "from main.sqlite_master m where m.type = 'table' and m.name = %Q collate "
        "nocase and not exists (select 1 from main.sqlite_sequence s where s.name = "
        "m.name)",
        value, table, value, value, table);
    int rc =
        sql ? vg_script(db, sql) : vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    sqlite3_free(sql);
    return rc;
}

/* ---- the schema ---- */

/* The tables in which a virtual table keeps its rows are its own business. */
static const char not_shadow[] =
    "and tbl_name not in (select name from pragma_table_list where type = 'shadow')";
enum { HAS_TABLE_LIST = 3037000 };

static int objects(vg_db *db,
                   int (*each)(void *ctx, const char *type, const char *name,
                               const char *table, const char *sql),
                   void *ctx)
{
    asking a = ask(db,
                   "select type, name, tbl_name, sql from main.sqlite_master where "
                   "name not like 'sqlite\\_%%' escape '\\' %s order by type, name",
                   sqlite3_libversion_number() >= HAS_TABLE_LIST ? not_shadow : "");
    while (row(&a)) {
        const char *text[4];
        for (int i = 0; i < 4; i++) {
            text[i] = (const char *)sqlite3_column_text(a.stmt, i);
            if (!text[i] && (i < 3 || sqlite3_column_type(a.stmt, i) != SQLITE_NULL)) {
                no_memory(&a);
                return done(&a);
            }
        }
        a.code = each(ctx, text[0], text[1], text[2], text[3]);
    }
    return done(&a);
}

static const char *file(vg_db *db)
{
    const char *name = sqlite3_db_filename(vg__sqlite_of(db), "main");
    return name ? name : "";
}

const vg_migrator vg__sqlite_migrator = {
    .lexis = &vg__sqlite_lexis,
    .patterns = patterns,
    .applied = applied,
    .make = make,
    .add = add,
    .remove = take_out,
    .begin = begin,
    .end = end,
    .ready = ready,
    .run = run,
    .orphans = orphans,
    .counter = counter,
    .raise = raise_counter,
    .objects = objects,
    .file = file,
};
