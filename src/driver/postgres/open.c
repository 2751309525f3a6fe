/* Opening a connection, by a URL or libpq's "key=value" string, with the session's settings
 * made in one round trip. */
#include "driver/postgres/postgres.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <time.h>

enum { MAX_KEYS = 12 };

/* ---- what the string says ---- */

/* A parameter of ours, "prepared=off", is taken out: libpq would refuse it. */
static int take_prepared(vg_db *db, char *url, vg_pg_prepared *out)
{
    static const char key[] = "prepared=";
    static const char *const words[] = {"auto", "on", "off"};
    static const vg_pg_prepared meanings[] = {VG_PG_AUTO, VG_PG_NAMED, VG_PG_UNNAMED};
    *out = VG_PG_AUTO;
    char *at = url;
    while ((at = strstr(at, key)) && at != url && !strchr("?& \t\n", at[-1]))
        at++;
    if (!at)
        return VG_OK;
    char *value = at + strlen(key);
    size_t len = strcspn(value, "& \t\n");
    for (size_t i = 0; i < 3; i++)
        if (strlen(words[i]) == len && strncmp(value, words[i], len) == 0) {
            *out = meanings[i];
            bool amp = value[len] == '&';
            memmove(at, value + len + amp, strlen(value + len + amp) + 1);
            return VG_OK;
        }
    return vg__fail(db, VG_CONNECT, NULL,
                    "vg_open: prepared=%.20s is none of auto, on and off", value);
}

/* libpq's message on a string that it cannot read quotes it, and with it, perhaps, the
 * password: only what names a parameter is kept. */
static int fail_string(vg_db *db, const char *message)
{
    char text[200];
    size_t len = strcspn(message, "\n");
    bool names = strstr(message, "query parameter:") || strstr(message, "option ");
    const char *quote = memchr(message, '"', len);
    if (quote && !names)
        len = (size_t)(quote - message);
    snprintf(text, sizeof text, "%.*s", (int)len, message);
    return vg__fail(
        db, VG_CONNECT, NULL,
        "vg_open: the URL cannot be read: %s%s; it looks like "
        "postgresql://user:password@host:5432/database?sslmode=require, with %%%% "
        "and two digits for signs like @ and / in a name or password",
        text, quote && !names ? "..." : "");
}

typedef struct keys {
    const char *names[MAX_KEYS], *values[MAX_KEYS];
    int count;
    char timeout[16];
} keys;

static void set(keys *k, const char *name, const char *value)
{
    k->names[k->count] = name;
    k->values[k->count++] = value;
}

static bool has(const PQconninfoOption *options, const char *name)
{
    for (; options->keyword; options++)
        if (strcmp(options->keyword, name) == 0)
            return options->val != NULL;
    return false;
}

static int count_hosts(const PQconninfoOption *options)
{
    int count = 1;
    for (; options->keyword; options++)
        if (options->val && strcmp(options->keyword, "host") == 0)
            for (const char *p = options->val; *p; p++)
                count += *p == ',';
    return count;
}

/* A pool has only so long, for all hosts together; libpq takes whole seconds for each. */
static void limit_time(vg_db *db, keys *k, const PQconninfoOption *given)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t left_ms = db->limit.open_ns / 1000000 - (int64_t)now.tv_sec * 1000 -
                      now.tv_nsec / 1000000;
    int64_t seconds = left_ms / 1000 / count_hosts(given);
    snprintf(k->timeout, sizeof k->timeout, "%d",
             seconds < 1      ? 1
             : seconds > 3600 ? 3600
                              : (int)seconds);
    set(k, "connect_timeout", k->timeout);
}

/* Ours come before what the string says, and count only if it says nothing. */
static void make_keys(vg_db *db, keys *k, const char *url,
                      const PQconninfoOption *given)
{
    bool service = has(given, "service") || getenv("PGSERVICE");
    k->count = 0;
    set(k, "fallback_application_name", "virga");
    if (!service && !getenv("PGCONNECT_TIMEOUT"))
        set(k, "connect_timeout", "10");
    if (!service)
        set(k, "tcp_user_timeout", "30000");
    set(k, "dbname", url);
    set(k, "client_encoding", "UTF8");
    if (db->limit.open_ns)
        limit_time(db, k, given);
    set(k, NULL, NULL);
}

static int connect_by(vg_db *db, const char *url)
{
    vg_pg *pg = vg__pg_of(db);
    char *wrong = NULL;
    keys k;
    PQconninfoOption *given = PQconninfoParse(url, &wrong);
    if (!given) {
        int rc = wrong ? fail_string(db, wrong)
                       : vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        PQfreemem(wrong);
        return rc;
    }
    make_keys(db, &k, url, given);
    PQconninfoFree(given);
    pg->conn = PQconnectdbParams(k.names, k.values, 1);
    return PQstatus(pg->conn) == CONNECTION_OK ? VG_OK : vg__pg_fail_open(db, url);
}

/* ---- the session ---- */

/* Prefixes must differ even between processes: a pooler mixes connections. */
static void make_prefix(vg_pg *pg)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t mix = (uint64_t)now.tv_sec * 1000000007u + (uint64_t)now.tv_nsec;
    mix ^= (uint64_t)(uintptr_t)pg->conn * UINT64_C(0x9E3779B97F4A7C15);
    mix ^= (uint64_t)getpid() << 40;
    mix *= UINT64_C(0xBF58476D1CE4E5B9);
    snprintf(pg->prefix, sizeof pg->prefix, "vg%08x_", (unsigned)(mix >> 32));
}

/* lock_timeout of 0 would be no limit. */
static int lock_timeout(const vg_options *o)
{
    return o->busy_timeout_ms > 0    ? o->busy_timeout_ms
           : o->busy_timeout_ms == 0 ? 5000
                                     : 1;
}

/* A pooler would keep our settings for others, so they are made only if the server process
 * is the one that libpq was told of: who talks to it directly knows that from the start. */
static const char settings[] =
    "select pg_backend_pid()::text, current_setting('transaction_read_only'), "
    "case when pg_backend_pid() = $1::int then "
    "set_config('lock_timeout', $2, false) || set_config('DateStyle', 'ISO, MDY', "
    "false) "
    "|| set_config('bytea_output', 'hex', false) "
    "|| set_config('extra_float_digits', '1', false) "
    "|| case when $3::text <> '0' then set_config('statement_timeout', $3, false) else "
    "'' end "
    "|| case when $4::text = 'on' then "
    "set_config('default_transaction_read_only', 'on', false) else '' end end, null";

int vg__pg_set_up(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    const vg_options *o = &db->options;
    char pid[16], lock[16], limit[16];
    snprintf(pid, sizeof pid, "%d", PQbackendPID(pg->conn));
    snprintf(lock, sizeof lock, "%d", lock_timeout(o));
    /* The client stops it first; this is for a client that has gone. */
    snprintf(limit, sizeof limit, "%d",
             o->query_timeout_ms > 0 ? o->query_timeout_ms + 1000 : 0);
    const char *values[] = {pid, lock, limit, o->read_only ? "on" : "off"};
    PGresult *result = vg__pg_query_params(db, settings, 4, values);
    if (!result)
        return db->error.code;
    pg->pooled = strcmp(PQgetvalue(result, 0, 0), pid) != 0;
    bool replica = strcmp(PQgetvalue(result, 0, 1), "on") == 0;
    vg__pg_learn_null(pg, result, 3);
    PQclear(result);
    if (pg->pooled && pg->prepared == VG_PG_AUTO)
        pg->prepared = VG_PG_UNNAMED;
    db->read_only = o->read_only || replica;
    pg->refuses_writes = o->read_only && pg->pooled;
    return VG_OK;
}

static void ignore_notice(void *ctx, const PGresult *result)
{
    (void)ctx;
    (void)result;
}

static int check_version(vg_db *db)
{
    enum { OLDEST = 120000 };
    int version = PQserverVersion(vg__pg_of(db)->conn);
    if (version >= OLDEST)
        return VG_OK;
    return vg__fail(db, VG_UNSUPPORTED, NULL,
                    "PostgreSQL %d.%d is too old: Virga needs 12", version / 10000,
                    version % 10000);
}

void vg__pg_disconnect(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    PQfreeCancel(pg->cancel);
    PQfinish(pg->conn);
    vg__pg_params_free(db);
    vg__pg_copy_free(db);
    vg__db_alloc(db, pg, sizeof *pg, 0);
    db->conn = NULL;
}

static int open_copy(vg_db *db, char *url)
{
    vg_pg *pg = vg__pg_of(db);
    int rc = take_prepared(db, url, &pg->prepared);
    if (rc == VG_OK)
        rc = connect_by(db, url);
    if (rc == VG_OK)
        rc = check_version(db);
    if (rc != VG_OK)
        return rc;
    PQsetNoticeReceiver(pg->conn, ignore_notice, NULL);
    make_prefix(pg);
    pg->cancel = PQgetCancel(pg->conn);
    if (!pg->cancel)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    return vg__pg_set_up(db);
}

int vg__pg_open(vg_db *db, const char *url)
{
    size_t size = strlen(url) + 1;
    vg_pg *pg = vg__db_alloc(db, NULL, 0, sizeof *pg);
    if (!pg)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    *pg = (vg_pg){.changes = 0};
    db->conn = pg;
    char *copy = vg__db_alloc(db, NULL, 0, size);
    int rc = copy ? open_copy(db, memcpy(copy, url, size))
                  : vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    if (copy)
        vg__db_alloc(db, copy, size, 0);
    if (rc != VG_OK)
        vg__pg_disconnect(db);
    return rc;
}
