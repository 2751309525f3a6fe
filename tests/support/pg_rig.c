/* Pools over a bank in PostgreSQL: see pg_rig.h. */
#include "pg_rig.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

_Thread_local int64_t rig_n;

void rig_nap(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

int64_t rig_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void check_says_at(const char *message, const char *part, const char *file, int line)
{
    if (strstr(message, part))
        return;
    print_error("\"%s\" does not say \"%s\"\n", message, part);
    _fail(file, line);
}

/* ---- the rig ---- */

static void take_report(void *ctx, const vg_error *error)
{
    pg_rig *r = ctx;
    pthread_mutex_lock(&r->lock);
    r->reports++;
    r->report = *error;
    pthread_mutex_unlock(&r->lock);
}

void pg_rig_pool(pg_rig *r, const char *pool_url, vg_pool_options options)
{
    r->reports = 0;
    options.report = take_report;
    options.report_ctx = r;
    int rc = vg_pool_open(&r->pool, pool_url ? pool_url : r->url, &options);
    check_text(vg_pool_errmsg(NULL), "");
    assert_int_equal(rc, VG_OK);
}

void pg_rig_open(pg_rig *r, vg_pool_options options)
{
    vg_db *db;
    memset(r, 0, sizeof *r);
    pthread_mutex_init(&r->lock, NULL);
    pg_database(r->url);
    vg_open(&db, r->url, NULL);
    check_ok(db, vg_create(db, &bank));
    check_ok(db, vg_script(db, BANK_ROWS));
    assert_int_equal(vg_close(db), VG_OK);
    pg_rig_pool(r, NULL, options);
}

void pg_rig_close_pool(pg_rig *r)
{
    int rc = vg_pool_close(r->pool, 0);
    if (rc != VG_OK)
        print_error("%s\n", vg_pool_errmsg(r->pool));
    assert_int_equal(rc, VG_OK);
    r->pool = NULL;
}

void pg_rig_close(pg_rig *r)
{
    pg_rig_close_pool(r);
    pg_await_backends(r->url, 0);
    pg_drop(r->url);
    pthread_mutex_destroy(&r->lock);
}

/* ---- the server's view ---- */

static int ask_number(const char *url, const char *sql)
{
    PGconn *conn = PQconnectdb(url);
    PGresult *result = PQexec(conn, sql);
    int n = PQntuples(result) == 1 ? atoi(PQgetvalue(result, 0, 0)) : -1;
    if (n < 0)
        print_error("%s: %s", sql, PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
    return n;
}

#define OTHERS                                                              \
    " from pg_stat_activity where datname = current_database() and pid <> " \
    "pg_backend_pid() and backend_type = 'client backend'"

int pg_kill_backends(const char *url)
{
    return ask_number(url, "select count(pg_terminate_backend(pid))" OTHERS);
}

int pg_backends(const char *url)
{
    return ask_number(url, "select count(*)" OTHERS);
}

void pg_await_backends(const char *url, int count)
{
    int64_t end = rig_ms() + 5000;
    int got = pg_backends(url);
    for (; got != count && rig_ms() < end; got = pg_backends(url))
        rig_nap(20);
    assert_int_equal(got, count);
}

/* ---- the bank ---- */

int rig_sum(vg_db *db, int64_t *sum)
{
    vg_opt_int got = {0};
    int rc =
        vg_get(db, NULL, &got, SELECT_VALUE(SUM(accounts.balance)), FROM(accounts));
    *sum = got.v;
    return rc;
}

int rig_move(vg_db *db, int64_t from, int64_t to)
{
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(accounts, SET(balance, SUB(accounts.balance, 1))),
                WHERE(EQ(accounts.id, from)));
        vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, 1))),
                WHERE(EQ(accounts.id, to)));
    }
    return vg_result(db);
}

void check_healthy_at(pg_rig *r, const char *file, int line)
{
    int64_t sum = 0;
    int rc = VG_OK;
    VG_WRITE(r->pool, db) {
        rc = rig_move(db, 2, 1);
        if (rc != VG_OK)
            print_error("writing: %s\n", vg_errmsg(db));
    }
    VG_READ(r->pool, db) {
        rc = rc ? rc : rig_sum(db, &sum);
    }
    vg_pool_stats s = vg_pool_statistics(r->pool);
    if (rc == VG_OK && sum == RIG_TOTAL && s.read.in_use + s.write.in_use == 0)
        return;
    print_error("not healthy: %s, sum %lld, %s\n", vg_code_name(rc), (long long)sum,
                vg_pool_errmsg(r->pool));
    _fail(file, line);
}
