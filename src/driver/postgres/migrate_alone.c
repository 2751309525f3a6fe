/* Statements that cannot run in a transaction, and so may be left half done: by a failure, by
 * a killed program or server. What CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY leave
 * is an index that is not valid, which costs writes and helps no query. */
#include "driver/postgres/migrate.h"
#include <strings.h>

/* The tokens that are still to be read. */
typedef struct reader {
    const vg_piece *at, *end;
} reader;

/* What the statement is about, as it says it; of CREATE INDEX also the table. */
typedef struct statement {
    bool creates, drops;
    bool is_index;  /* CREATE INDEX, DROP INDEX, in any way */
    bool reindexes; /* REINDEX ... CONCURRENTLY */
    const char *name, *table;
    size_t name_len, table_len; /* 0: it has none */
} statement;

static bool is_word(const reader *r, const char *word)
{
    return r->at < r->end && r->at->len == strlen(word) &&
           strncasecmp(r->at->text, word, r->at->len) == 0;
}

static bool take_word(reader *r, const char *word)
{
    bool is = is_word(r, word);
    r->at += is;
    return is;
}

/* a, "a", a."b" */
static size_t take_name(reader *r, const char **name)
{
    const char *end = *name = r->at < r->end ? r->at->text : "";
    while (r->at < r->end && r->at->name) {
        end = r->at->text + r->at->len;
        r->at++;
        if (!take_word(r, "."))
            break;
    }
    return (size_t)(end - *name);
}

static void take_index(statement *s, reader *r)
{
    take_word(r, "CONCURRENTLY");
    if (take_word(r, "IF")) {
        take_word(r, "NOT");
        take_word(r, "EXISTS");
    }
    if (!is_word(r, "ON"))
        s->name_len = take_name(r, &s->name);
    if (take_word(r, "ON")) {
        take_word(r, "ONLY");
        s->table_len = take_name(r, &s->table);
    }
}

static statement read_statement(const vg_piece *pieces, size_t count)
{
    statement s = {.name_len = 0};
    reader r = {pieces, pieces + count};
    s.reindexes = take_word(&r, "REINDEX");
    s.creates = take_word(&r, "CREATE");
    s.drops = take_word(&r, "DROP");
    take_word(&r, "UNIQUE");
    s.is_index = !s.reindexes && take_word(&r, "INDEX");
    if (s.is_index)
        take_index(&s, &r);
    return s;
}

/* ---- what is there ---- */

static void put_text(vg_buf *out, const char *text, size_t len)
{
    vg__buf_literal(out, text, len);
}

/* Drop the indexes of a query, by their full names in its first column. */
static int drop_indexes(vg_db *db, vg_buf *query)
{
    PGresult *found = vg__pg_ask_buf(db, query);
    int rc = found ? VG_OK : db->error.code;
    for (int i = 0; rc == VG_OK && i < PQntuples(found); i++) {
        vg_buf sql = vg__pg_buf(db);
        vg__buf_text(&sql, "drop index concurrently if exists ");
        vg__buf_text(&sql, PQgetvalue(found, i, 0));
        PGresult *dropped = vg__pg_ask_buf(db, &sql);
        rc = dropped ? VG_OK : db->error.code;
        PQclear(dropped);
    }
    PQclear(found);
    return rc;
}

/* Indexes that are not valid, and that nobody is building. */
static const char broken_indexes[] =
    "select i.indexrelid::regclass::text from pg_catalog.pg_index i join "
    "pg_catalog.pg_class c on c.oid = i.indexrelid where not i.indisvalid and "
    "c.relkind "
    "= 'i' and not exists (select 1 from pg_catalog.pg_stat_progress_create_index p "
    "where p.relid = i.indrelid and p.datname = current_database()) and ";

/* The name's last part: a of "s"."a", as a text. */
static void put_last_part(vg_buf *out, const char *name, size_t len)
{
    vg__buf_text(out, "(parse_ident(");
    put_text(out, name, len);
    vg__buf_text(out, "))[array_upper(parse_ident(");
    put_text(out, name, len);
    vg__buf_text(out, "), 1)]");
}

/* Those that such a CREATE INDEX CONCURRENTLY has left. */
static int drop_left(vg_db *db, const statement *s)
{
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, broken_indexes);
    vg__buf_text(&sql, "i.indrelid = to_regclass(");
    put_text(&sql, s->table, s->table_len);
    vg__buf_char(&sql, ')');
    if (s->name_len) {
        vg__buf_text(&sql, " and c.relname = ");
        put_last_part(&sql, s->name, s->name_len);
    }
    return drop_indexes(db, &sql);
}

/* What REINDEX CONCURRENTLY leaves: the new index beside the old one, or the old one. */
static int drop_reindexed(vg_db *db)
{
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, broken_indexes);
    vg__buf_text(&sql, "c.relname ~ '_cc(new|old)[0-9]*$'");
    return drop_indexes(db, &sql);
}

typedef enum index_state {
    INDEX_UNKNOWN,
    INDEX_NONE,
    INDEX_BROKEN,
    INDEX_GOOD
} index_state;

static int look(vg_db *db, const statement *s, index_state *out)
{
    vg_buf sql = vg__pg_buf(db);
    *out = INDEX_UNKNOWN;
    if (!s->name_len)
        return VG_OK;
    vg__buf_text(&sql, "select i.indisvalid from pg_catalog.pg_index i join "
                       "pg_catalog.pg_class c on c.oid = i.indexrelid where ");
    if (s->table_len) {
        vg__buf_text(&sql, "i.indrelid = to_regclass(");
        put_text(&sql, s->table, s->table_len);
        vg__buf_text(&sql, ") and c.relname = ");
        put_last_part(&sql, s->name, s->name_len);
    } else {
        vg__buf_text(&sql, "i.indexrelid = to_regclass(");
        put_text(&sql, s->name, s->name_len);
        vg__buf_char(&sql, ')');
    }
    PGresult *result = vg__pg_ask_buf(db, &sql);
    if (!result)
        return db->error.code;
    *out = !PQntuples(result)                 ? INDEX_NONE
           : *PQgetvalue(result, 0, 0) == 't' ? INDEX_GOOD
                                              : INDEX_BROKEN;
    PQclear(result);
    return VG_OK;
}

/* ---- running ---- */

/* It has run already, which a second try tells by its failure. */
static bool was_done(const statement *s, const char *state)
{
    static const char *const there[] = {"42P04", "42710", "42P07", NULL};
    static const char *const gone[] = {"3D000", "42704", "42P01", NULL};
    if (!s->creates && !s->drops)
        return false;
    for (const char *const *known = s->creates ? there : gone; *known; known++)
        if (strcmp(*known, state) == 0)
            return true;
    return false;
}

/* An index of that name is there, and not valid: not made by this migration. */
static int fail_broken(vg_db *db, const statement *s, const char *sql)
{
    return vg__fail(
        db, VG_INVALID, sql,
        "index %.*s is there and not valid: a CREATE INDEX CONCURRENTLY has "
        "failed before. Drop it (DROP INDEX CONCURRENTLY %.*s), then migrate "
        "again",
        (int)s->name_len, s->name, (int)s->name_len, s->name);
}

/* After a failure: what it says is kept, whatever becomes of the rest. */
static int clear_away(vg_db *db, const statement *s, int rc)
{
    vg_error error = db->error;
    bool failed = db->failed[0];
    if (s->is_index && s->table_len)
        drop_left(db, s);
    else if (s->reindexes)
        drop_reindexed(db);
    db->error = error;
    db->failed[0] = failed;
    return rc;
}

int vg__pg_alone(vg_db *db, const char *sql, const vg_piece *pieces, size_t count,
                 bool again)
{
    statement s = read_statement(pieces, count);
    bool create = s.is_index && s.table_len;
    index_state state = INDEX_UNKNOWN;
    int rc = s.is_index && (create || again) ? look(db, &s, &state) : VG_OK;
    if (rc == VG_OK && state == INDEX_BROKEN && create && !again)
        return fail_broken(db, &s, sql);
    if (rc == VG_OK && again && state == (create ? INDEX_GOOD : INDEX_NONE))
        return VG_OK;
    if (rc == VG_OK && again && create)
        rc = drop_left(db, &s);
    if (rc == VG_OK && again && s.reindexes)
        rc = drop_reindexed(db);
    if (rc == VG_OK)
        rc = vg_script(db, sql);
    if (rc == VG_OK)
        return rc;
    if (again && was_done(&s, db->error.sqlstate)) {
        db->error.code = VG_OK;
        db->failed[0] = false;
        return VG_OK;
    }
    return rc == VG_CONNECT ? rc : clear_away(db, &s, rc);
}
