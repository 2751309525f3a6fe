/* PostgreSQL's errors as ours: the code by SQLSTATE, the names and the place in the SQL as
 * the server tells them, and what to do where that is known. */
#include "core/limit.h"
#include "driver/postgres/postgres.h"
#include <stdio.h>
#include <stdlib.h>

/* The first that the SQLSTATE begins with counts. */
static const struct {
    const char *state;
    vg_code code;
} codes[] = {
    {"23505", VG_UNIQUE},
    {"23P01", VG_UNIQUE},
    {"23503", VG_FOREIGN_KEY},
    {"23001", VG_FOREIGN_KEY},
    {"23502", VG_NOT_NULL},
    {"23", VG_CHECK},
    {"44000", VG_CHECK},
    {"40001", VG_BUSY},
    {"40P01", VG_BUSY},
    {"40003", VG_CONNECT},
    {"40", VG_ROLLED_BACK},
    {"25P02", VG_ROLLED_BACK},
    {"25P03", VG_CONNECT},
    {"25006", VG_READ_ONLY},
    {"25", VG_MISUSE},
    {"2D", VG_MISUSE},
    {"3B", VG_SCHEMA},
    {"55P03", VG_BUSY},
    {"55006", VG_BUSY},
    {"55", VG_MISUSE},
    {"57014", VG_INTERRUPTED},
    {"57P", VG_CONNECT},
    {"57", VG_DATABASE},
    {"53100", VG_FULL},
    {"53200", VG_NO_MEMORY},
    {"53300", VG_CONNECT},
    {"53400", VG_TOO_BIG},
    {"53", VG_FULL},
    {"08", VG_CONNECT},
    {"28", VG_CONNECT},
    {"3D000", VG_CONNECT},
    {"3F000", VG_SCHEMA},
    {"42601", VG_SYNTAX},
    {"42501", VG_DATABASE},
    {"42P10", VG_INVALID},
    {"42804", VG_SYNTAX},
    {"42803", VG_SYNTAX},
    {"42P20", VG_SYNTAX},
    {"42P18", VG_SYNTAX},
    {"42P", VG_SCHEMA},
    {"427", VG_SCHEMA},
    {"428", VG_SCHEMA},
    {"42", VG_SYNTAX},
    {"22", VG_VALUE},
    {"21000", VG_INVALID},
    {"26000", VG_DATABASE},
    {"0A000", VG_UNSUPPORTED},
    {"54", VG_TOO_BIG},
    {"58", VG_IO},
    {"XX001", VG_CORRUPT},
    {"XX002", VG_CORRUPT},
};

int vg__pg_code_of(const char *sqlstate)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strncmp(sqlstate, codes[i].state, strlen(codes[i].state)) == 0)
            return codes[i].code;
    return VG_DATABASE;
}

/* What to do, for what the server does not say itself. */
static const struct {
    const char *state, *hint;
} hints[] = {
    {"40001",
     "a transaction of another connection got in between; run the block again"},
    {"40P01", "two transactions waited for each other; run the block again"},
    {"55P03", "another transaction holds the lock longer than busy_timeout_ms"},
    {"25006", "the connection, its role or the server (a replica?) only reads"},
    {"42P01", "apply the migrations, or check the database's name and search_path"},
    {"42501", "GRANT it to the role, or connect as another"},
    {"57P01", "somebody has stopped the server or ended the connection"},
    {"53300", "let a pool or pgbouncer share connections, or raise max_connections"},
    {"53100", "make room on the server's disk"},
};

static const char *hint_of(const char *state)
{
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strcmp(state, hints[i].state) == 0)
            return hints[i].hint;
    return NULL;
}

/* ---- text ---- */

typedef struct line {
    char text[512];
    size_t len;
} line;

/* Text of several lines as one; the end of a line becomes "; ". */
static void add(line *l, const char *text)
{
    while (*text == '\n' || *text == ' ')
        text++;
    for (; *text && l->len + 3 < sizeof l->text; text++) {
        if (*text != '\n' && *text != '\t') {
            l->text[l->len++] = *text;
            continue;
        }
        text += strspn(text, "\n\t ");
        if (*text--) {
            memcpy(l->text + l->len, "; ", 2);
            l->len += 2;
        }
    }
    l->text[l->len] = 0;
}

static void add_part(line *l, const char *before, const char *text, const char *after)
{
    if (!text || !*text)
        return;
    for (; *before == '.' || *before == ' '; before++)
        if (l->len + 1 < sizeof l->text)
            l->text[l->len++] = *before;
    add(l, before);
    add(l, text);
    if (*after && l->text[l->len - 1] == '.')
        l->text[--l->len] = 0;
    add(l, after);
}

/* "Key (a, b)=(1, 2) already exists." -> "a,b"; whatever the language. */
static void read_columns(char *out, size_t room, const char *detail)
{
    const char *open = detail ? strchr(detail, '(') : NULL;
    const char *end = open ? strstr(open, ")=(") : NULL;
    size_t len = 0;
    for (const char *p = open ? open + 1 : NULL; end && p < end && len + 1 < room; p++)
        if (*p != ' ' && *p != '"')
            out[len++] = *p;
    out[len] = 0;
}

static bool is_key(const char *state)
{
    return strcmp(state, "23505") == 0 || strcmp(state, "23503") == 0 ||
           strcmp(state, "23P01") == 0;
}

/* ---- what failed ---- */

/* The call was stopped, by us: why. */
static const char *why_stopped(vg_db *db, char *why, size_t room)
{
    vg__limit_why(db, why, room);
    if (!*why && vg__limit_interrupted(db))
        snprintf(why, room, "interrupted by vg_interrupt");
    return *why ? why : NULL;
}

/* The server counts characters, from 1; we count bytes. */
static int position_of(const PGresult *result, const char *sql)
{
    const char *text = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    long left = text ? strtol(text, NULL, 10) : 0;
    int at = 0;
    if (!sql || left <= 0)
        return 0;
    while (--left && sql[at])
        for (at++; ((unsigned char)sql[at] & 0xc0) == 0x80;)
            at++;
    return at + 1;
}

static int fail_by_server(vg_db *db, const PGresult *r, const char *state,
                          const char *sql)
{
    const char *detail = PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL);
    const char *hint = PQresultErrorField(r, PG_DIAG_MESSAGE_HINT);
    const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    int code = vg__pg_code_of(state);
    char columns[130], why[200];
    vg_details d = {.sqlstate = state,
                    .constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME),
                    .table = PQresultErrorField(r, PG_DIAG_TABLE_NAME),
                    .column = PQresultErrorField(r, PG_DIAG_COLUMN_NAME),
                    .position = position_of(r, sql)};
    line l = {"", 0};
    if (is_key(state) && !d.column) {
        read_columns(columns, sizeof columns, detail);
        d.column = columns;
    }
    const char *stopped =
        code == VG_INTERRUPTED ? why_stopped(db, why, sizeof why) : NULL;
    add(&l, stopped ? stopped : message ? message : "an error without a message");
    if (!db->options.redact_params) /* a detail quotes rows */
        add_part(&l, " (", detail, ")");
    add_part(&l, ". Hint: ", hint ? hint : hint_of(state), "");
    return vg__fail_with(db, code, sql, &d, "%s", l.text);
}

/* libpq's own words for it stand alone, or end what it says of a connection. A name that
 * the caller chose may hold them too, but is quoted; and the server's follow its severity. */
static bool is_out_of_memory(const line *l)
{
    static const char words[] = "out of memory";
    size_t len = sizeof words - 1;
    if (l->len < len || memcmp(l->text + l->len - len, words, len) != 0)
        return false;
    const char *before = l->text + l->len - len;
    return before == l->text ||
           (before - l->text > 2 && strchr(":;", before[-2]) && before[-1] == ' ');
}

/* Nothing from the server: the connection is gone, or libpq has no memory. */
static int fail_by_libpq(vg_db *db, const char *sql)
{
    vg_pg *pg = vg__pg_of(db);
    char why[200];
    line l = {"", 0};
    if (PQstatus(pg->conn) == CONNECTION_OK && !pg->lost[0]) {
        add(&l, PQerrorMessage(pg->conn));
        bool memory = !l.len || is_out_of_memory(&l);
        return vg__fail(db, memory ? VG_NO_MEMORY : VG_DATABASE, sql, "%s",
                        memory ? "out of memory" : l.text);
    }
    if (!pg->lost[0]) {
        add(&l, PQerrorMessage(pg->conn));
        snprintf(pg->lost, sizeof pg->lost, "%.*s", (int)sizeof pg->lost - 1, l.text);
    }
    const char *stopped = why_stopped(db, why, sizeof why);
    return vg__fail_with(
        db, stopped ? VG_INTERRUPTED : VG_CONNECT, sql,
        &(vg_details){.sqlstate = stopped ? "57014" : "08006"},
        "%s%sthe connection is lost (%s). Close it and open another one",
        stopped ? stopped : "", stopped ? ", and " : "", pg->lost);
}

int vg__pg_fail(vg_db *db, const PGresult *result, const char *sql)
{
    vg_pg *pg = vg__pg_of(db);
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (!state)
        return fail_by_libpq(db, sql);
    int rc = fail_by_server(db, result, state, sql);
    if (PQstatus(pg->conn) != CONNECTION_OK && !pg->lost[0])
        snprintf(pg->lost, sizeof pg->lost, "%.*s", (int)sizeof pg->lost - 1,
                 db->error.message);
    return rc;
}

/* ---- a connection that could not be made ---- */

/* libpq tells no SQLSTATE then: what stands in its message, and what to do. */
static const struct {
    const char *text, *state, *hint;
} refusals[] = {
    {"password authentication failed", "28P01", "check the user and the password"},
    {"no password supplied", "28P01",
     "put it into the URL, PGPASSWORD or ~/.pgpass "
     "(postgresql://user:password@host/db)"},
    {"too many clients", "53300",
     "let a pool or pgbouncer share connections, or raise max_connections"},
    {"too many connections", "53300", "raise the limit of the role or the database"},
    {"remaining connection slots", "53300",
     "let a pool or pgbouncer share connections, or raise max_connections"},
    {"no more connections allowed", "53300", "raise max_client_conn of the pooler"},
    {"starting up", "57P03", "try again in a moment"},
    {"shutting down", "57P03", "try again when the server is back"},
    {"in recovery mode", "57P03", "try again in a moment"},
    {"not yet accepting connections", "57P03", "try again in a moment"},
    {"no encryption", "28000", "the server wants TLS: say sslmode=require"},
    {"pg_hba.conf", "28000",
     "the server's pg_hba.conf does not let this user in from this host"},
    {"certificate has expired", "08001",
     "the server needs a new certificate; until then sslmode=require does not check "
     "it"},
    {"certificate verify failed", "08001",
     "it may have expired; or sslrootcert does not name the authority that signed it"},
    {"root certificate file", "08001",
     "name the authority's certificate by sslrootcert, or do not ask for it to be "
     "checked"},
    {"does not match host name", "08001",
     "connect by a name that is in the certificate, or say sslmode=verify-ca"},
    {"does not support SSL", "08001", "turn it on there, or say sslmode=prefer"},
    {"connection requires a valid client certificate", "28000",
     "name one by sslcert and sslkey"},
    {"session is read-only", "08001",
     "target_session_attrs asks for a server that can be written"},
    {"not in hot standby mode", "08001", "target_session_attrs asks for a replica"},
    {"is not permitted to log in", "28000", "ALTER ROLE ... LOGIN allows it"},
    {"role \"", "28000", "check the user's name"},
    {"could not translate host name", "08001", "check the host's name"},
    {"timeout expired", "08001",
     "nobody answers there; connect_timeout says how long to wait"},
    {"Connection refused", "08001", "start the server, or check host and port"},
    {"No such file or directory", "08001",
     "start the server, or check the folder of its socket"},
    {"database \"", "3D000", "create it, or check its name"},
    {"definition of service", "08001", "check the service's name and its file"},
};

/* libpq tries with TLS and without, and tells of both. */
static void say_once(line *l)
{
    size_t half = l->len < 2 ? 0 : (l->len - 2) / 2;
    if (half && l->len == 2 * half + 2 && memcmp(l->text + half, "; ", 2) == 0 &&
        memcmp(l->text, l->text + half + 2, half) == 0)
        l->text[l->len = half] = 0;
}

int vg__pg_fail_open(vg_db *db, const char *url)
{
    vg_pg *pg = vg__pg_of(db);
    line reason = {"", 0};
    const char *state = "08001", *hint = NULL;
    (void)url;
    if (!pg->conn)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    add(&reason, PQerrorMessage(pg->conn));
    while (reason.len && strchr(" ;.?", reason.text[reason.len - 1]))
        reason.text[--reason.len] = 0;
    say_once(&reason);
    for (size_t i = 0; !hint && i < sizeof refusals / sizeof *refusals; i++)
        if (strstr(reason.text, refusals[i].text)) {
            state = refusals[i].state;
            hint = refusals[i].hint;
        }
    if (is_out_of_memory(&reason))
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    const char *user = PQuser(pg->conn), *name = PQdb(pg->conn);
    return vg__fail_with(db, VG_CONNECT, NULL, &(vg_details){.sqlstate = state},
                         "cannot connect as \"%.60s\" to \"%.60s\": %.300s%s%s",
                         user ? user : "", name ? name : "", reason.text,
                         hint ? ". Hint: " : "", hint ? hint : "");
}
