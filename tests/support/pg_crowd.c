/* The crowd of pg_crowd.h. */
#include "pg_crowd.h"
#include "pg_rig.h"
#include <stdio.h>
#include <stdlib.h>

// clang-format off
TABLE(purses,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(amount, INTEGER, NOT_NULL),
    CHECK(purses_amount, "amount >= 0"))

TABLE(entries,
    COLUMN(key,     INTEGER, PRIMARY_KEY),
    COLUMN(from_id, INTEGER, NOT_NULL, REFERENCES(purses, id)),
    COLUMN(to_id,   INTEGER, NOT_NULL, REFERENCES(purses, id)),
    COLUMN(amount,  INTEGER, NOT_NULL))
// clang-format on

SCHEMA(crowd, purses, entries)

/* The first problem is told, and ends the work of all. */
static void problem(pg_crowd *c, int number, int rc, const char *what, const char *why)
{
    pthread_mutex_lock(&c->lock);
    if (!*c->problem)
        snprintf(c->problem, sizeof c->problem, "thread %d, %s: %s: %s", number, what,
                 vg_code_name(rc), why);
    pthread_mutex_unlock(&c->lock);
    atomic_store(&c->stop, true);
}

static bool has_problem(pg_crowd *c)
{
    pthread_mutex_lock(&c->lock);
    bool has = *c->problem != 0;
    pthread_mutex_unlock(&c->lock);
    return has;
}

static int64_t chance(pg_worker *w, int64_t below)
{
    w->random = w->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)(w->random >> 33) % below;
}

/* An error that may come: count it, and give the server a moment. */
static void bear(pg_worker *w, int rc, const char *what, const char *why)
{
    if (!(w->crowd->allowed >> rc & 1))
        problem(w->crowd, w->number, rc, what, why);
    w->errors++;
    rig_nap(1 + (int)chance(w, 10));
}

/* ---- one thread ---- */

static bool remember(pg_worker *w, int64_t key, pg_fate fate)
{
    if (w->len == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 256;
        pg_transfer *more = realloc(w->transfers, cap * sizeof *more);
        if (!more)
            return false;
        w->transfers = more;
        w->cap = cap;
    }
    w->transfers[w->len++] = (pg_transfer){key, fate};
    return true;
}

static int transfer(vg_db *db, int64_t key, int64_t from, int64_t to, int64_t amount)
{
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(purses, SET(amount, SUB(purses.amount, amount))),
                WHERE(EQ(purses.id, from)));
        vg_exec(db, UPDATE(purses, SET(amount, ADD(purses.amount, amount))),
                WHERE(EQ(purses.id, to)));
        vg_exec(db, INSERT_INTO(entries, SET(key, key), SET(from_id, from),
                                SET(to_id, to), SET(amount, amount)));
    }
    return vg_result(db);
}

static void write_something(pg_worker *w)
{
    int64_t from = 1 + chance(w, PG_PURSES), to = 1 + chance(w, PG_PURSES);
    int64_t key = w->crowd->run << 40 | (int64_t)w->number << 32 | ++w->serial;
    int64_t amount = 1 + chance(w, 20);
    char why[300] = "";
    int rc = VG_OK;
    bool ran = false;
    VG_WRITE(w->crowd->pool, db) {
        ran = true;
        rc = transfer(db, key, from, to, amount);
        snprintf(why, sizeof why, "%.299s", vg_errmsg(db));
    }
    if (!ran) {
        rc = vg_pool_result(w->crowd->pool);
        snprintf(why, sizeof why, "%.299s", vg_pool_errmsg(w->crowd->pool));
    }
    pg_fate fate = rc == VG_OK                                    ? PG_ACKNOWLEDGED
                   : ran && strstr(why, "committed is not known") ? PG_NOT_KNOWN
                                                                  : PG_FAILED;
    if (!remember(w, key, fate))
        problem(w->crowd, w->number, VG_NO_MEMORY, "remembering", "");
    if (rc == VG_OK) {
        w->last = key;
        atomic_fetch_add(&w->done, 1);
    } else if (rc != VG_CHECK) { /* that is a purse that was empty */
        bear(w, rc, "writing", why);
    }
}

static int audit(pg_worker *w, vg_db *db)
{
    vg_opt_int sum = {0};
    bool mine = true;
    int rc = vg_get(db, NULL, &sum, SELECT_VALUE(SUM(purses.amount)), FROM(purses));
    if (rc == VG_OK && sum.v != PG_PURSES * PG_START)
        problem(w->crowd, w->number, VG_DATABASE, "audit", "the sum has changed");
    if (rc == VG_OK && w->last && w->crowd->reads_back)
        rc = vg_exists(db, &mine, FROM(entries), WHERE(EQ(entries.key, w->last)));
    if (rc == VG_OK && !mine)
        problem(w->crowd, w->number, VG_DATABASE, "audit",
                "a committed entry is not to be seen");
    return rc;
}

static void read_something(pg_worker *w)
{
    int rc = VG_OK;
    bool ran = false;
    VG_READ(w->crowd->pool, db) {
        ran = true;
        rc = audit(w, db);
        if (rc != VG_OK)
            bear(w, rc, "reading", vg_errmsg(db));
    }
    if (!ran)
        bear(w, vg_pool_result(w->crowd->pool), "reading",
             vg_pool_errmsg(w->crowd->pool));
    else
        w->reads += rc == VG_OK;
}

static void *work(void *ctx)
{
    pg_worker *w = ctx;
    while (!atomic_load(&w->crowd->stop)) {
        int64_t begun = rig_ms();
        if (chance(w, 3))
            write_something(w);
        else
            read_something(w);
        int64_t took = rig_ms() - begun;
        if (took > w->longest_ms)
            w->longest_ms = took;
    }
    return NULL;
}

/* ---- all of them ---- */

void pg_crowd_create(const char *url)
{
    vg_db *db;
    struct purses_new rows[PG_PURSES];
    for (int i = 0; i < PG_PURSES; i++)
        rows[i] = (struct purses_new){.id = {true, i + 1}, .amount = PG_START};
    vg_open(&db, url, NULL);
    check_ok(db, vg_create(db, &crowd));
    check_ok(db, vg_exec(db, INSERT_INTO(purses, VALUES(rows, PG_PURSES))));
    assert_int_equal(vg_close(db), VG_OK);
}

void pg_crowd_start(pg_crowd *c)
{
    pthread_mutex_init(&c->lock, NULL);
    atomic_store(&c->stop, false);
    for (c->started = 0; c->started < PG_CROWD; c->started++) {
        pg_worker *w = &c->workers[c->started];
        w->crowd = c;
        w->number = c->started;
        w->random = (uint64_t)(c->started + 1) * 7919;
        assert_int_equal(pthread_create(&w->thread, NULL, work, w), 0);
    }
}

bool pg_crowd_goes_on(pg_crowd *c)
{
    int64_t before[PG_CROWD], end = rig_ms() + 30000;
    for (int i = 0; i < PG_CROWD; i++)
        before[i] = atomic_load(&c->workers[i].done);
    for (int i = 0; i < PG_CROWD; i++)
        while (atomic_load(&c->workers[i].done) < before[i] + 2) {
            if (has_problem(c))
                return false;
            if (rig_ms() > end) {
                problem(c, i, VG_BUSY, "waiting", "no transfer in 30 seconds");
                return false;
            }
            rig_nap(5);
        }
    return true;
}

bool pg_crowd_stop(pg_crowd *c)
{
    atomic_store(&c->stop, true);
    for (int i = 0; i < c->started; i++)
        pthread_join(c->workers[i].thread, NULL);
    c->started = 0;
    if (*c->problem)
        print_error("%s\n", c->problem);
    return !*c->problem;
}

static bool complain(const char *what, const char *more)
{
    print_error("crowd: %s %s\n", what, more);
    return false;
}

static bool has_key(const vg_int_list *keys, int64_t key)
{
    size_t low = 0, high = keys->len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (keys->data[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < keys->len && keys->data[low] == key;
}

static bool check_keys(const pg_crowd *c, const vg_int_list *keys)
{
    for (int i = 0; i < PG_CROWD; i++)
        for (size_t t = 0; t < c->workers[i].len; t++) {
            const pg_transfer *x = &c->workers[i].transfers[t];
            bool there = has_key(keys, x->key);
            if (x->fate == PG_ACKNOWLEDGED && !there)
                return complain("an acknowledged transfer is lost", "");
            if (x->fate == PG_FAILED && there)
                return complain("a transfer that failed is there", "");
        }
    return true;
}

static bool check_sums(vg_db *db)
{
    int64_t wrong = -1;
    vg_opt_int sum = {0};
    if (vg_get(db, NULL, &sum, SELECT_VALUE(SUM(purses.amount)), FROM(purses)) !=
            VG_OK ||
        vg_count(
            db, &wrong, FROM(purses),
            WHERE(NE(purses.amount,
                     SQL(INTEGER,
                         "1000 + (select coalesce(sum(amount), 0)::bigint from entries "
                         "where to_id = ?) - (select coalesce(sum(amount), 0)::bigint "
                         "from entries where from_id = ?)",
                         purses.id, purses.id)))) != VG_OK)
        return complain("the sums cannot be read:", vg_errmsg(db));
    if (sum.v != PG_PURSES * PG_START)
        return complain("the sum has changed", "");
    return wrong == 0 || complain("a purse does not hold what its entries say", "");
}

bool pg_crowd_adds_up(pg_crowd *c)
{
    vg_db *db;
    vg_arena arena = {0};
    vg_int_list keys = {0};
    bool good =
        vg_open(&db, c->url, NULL) == VG_OK || complain("opening:", vg_errmsg(db));
    good = good && check_sums(db);
    if (good && vg_all(db, &arena, &keys, SELECT_VALUE(entries.key), FROM(entries),
                       ORDER_BY(entries.key)) != VG_OK)
        good = complain("reading:", vg_errmsg(db));
    good = good && check_keys(c, &keys);
    vg_arena_free(&arena);
    vg_close(db);
    return good;
}

pg_crowd_tally pg_crowd_sum(const pg_crowd *c)
{
    pg_crowd_tally sum = {0};
    for (int i = 0; i < PG_CROWD; i++) {
        const pg_worker *w = &c->workers[i];
        sum.reads += w->reads;
        sum.errors += w->errors;
        if (w->longest_ms > sum.longest_ms)
            sum.longest_ms = w->longest_ms;
        for (size_t t = 0; t < w->len; t++) {
            sum.transfers += w->transfers[t].fate == PG_ACKNOWLEDGED;
            sum.failed += w->transfers[t].fate == PG_FAILED;
            sum.not_known += w->transfers[t].fate == PG_NOT_KNOWN;
        }
    }
    return sum;
}

void pg_crowd_free(pg_crowd *c)
{
    for (int i = 0; i < PG_CROWD; i++)
        free(c->workers[i].transfers);
    pthread_mutex_destroy(&c->lock);
    memset(c->workers, 0, sizeof c->workers);
}
