/* The threads of the ledger: each takes turns at reading, moving money, changing its mind,
 * and asking for more than there is time for. */
#include "ledger.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The first problem is told, and ends the work of all. */
static int problem(worker *w, int rc, const char *what, const char *message)
{
    crew *c = w->crew;
    pthread_mutex_lock(&c->lock);
    if (!*c->problem)
        snprintf(c->problem, sizeof c->problem, "thread %d, %s: %s: %s", w->number,
                 what, vg_code_name(rc), message);
    pthread_mutex_unlock(&c->lock);
    atomic_store(&c->stop, true);
    return rc;
}

static int64_t chance(worker *w, int64_t below)
{
    w->random = w->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)(w->random >> 33) % below;
}

/* ---- reading ---- */

static int audit(worker *w, vg_db *db)
{
    vg_opt_int sum;
    bool mine = true;
    int rc = vg_get(db, NULL, &sum, SELECT_VALUE(SUM(purses.amount)), FROM(purses));
    if (rc == VG_OK && sum.v != PURSES * START)
        return problem(w, VG_DATABASE, "audit", "the sum has changed");
    /* What this thread has committed it sees through every connection. */
    if (rc == VG_OK && w->last)
        rc = vg_exists(db, &mine, FROM(entries), WHERE(EQ(entries.key, w->last)));
    if (rc == VG_OK && !mine)
        return problem(w, VG_DATABASE, "audit", "a committed entry is not to be seen");
    return rc;
}

static int page(worker *w, vg_db *db, vg_arena *arena)
{
    entries_list list;
    vg_arena_reset(arena);
    return vg_all(db, arena, &list, SELECT(entries),
                  WHERE(EQ(entries.from_id, 1 + chance(w, PURSES))),
                  ORDER_BY(DESC(entries.key)), LIMIT(20));
}

/* Both reads in one transaction are of one moment. */
static int two_at_once(worker *w, vg_db *db)
{
    int64_t before = 0, after = 0;
    VG_TRANSACTION(db, tx) {
        vg_count(db, &before, FROM(purses), WHERE(GT(purses.amount, START)));
        vg_count(db, &after, FROM(purses), WHERE(GT(purses.amount, START)));
    }
    if (vg_result(db) == VG_OK && before != after)
        return problem(w, VG_DATABASE, "two_at_once", "a snapshot has changed");
    return vg_result(db);
}

/* More than can be done in 2 ms, as a rule. */
static int too_much(worker *w, vg_db *db)
{
    int64_t n;
    vg_deadline(db, 2);
    int rc = vg_get(db, NULL, &n, SELECT_VALUE(COUNT()), FROM(entries),
                    WHERE(LIKE(entries.note, "%nothing%")));
    vg_deadline(db, 0);
    w->tally.stopped += rc == VG_INTERRUPTED;
    return rc == VG_INTERRUPTED ? VG_OK : rc;
}

static int read_something(worker *w, vg_arena *arena)
{
    int rc = VG_OK;
    VG_READ(w->crew->pool, db) {
        switch (chance(w, 20)) {
        case 0: rc = too_much(w, db); break;
        case 1: rc = two_at_once(w, db); break;
        case 2:
        case 3:
        case 4:
        case 5:
        case 6:
        case 7: rc = audit(w, db); break;
        default: rc = page(w, db, arena);
        }
        if (rc != VG_OK)
            problem(w, rc, "reading", vg_errmsg(db));
    }
    w->tally.reads++;
    return rc;
}

/* One thread makes a copy now and then, and looks whether the sum is in it. */
static int back_up(worker *w)
{
    char path[200];
    vg_db *copy;
    vg_opt_int sum = {false, 0};
    int rc = VG_OK;
    snprintf(path, sizeof path, "%s/copy.db", w->crew->folder);
    VG_READ(w->crew->pool, db) {
        rc = vg_backup(db, path, &(vg_backup_options){.check = true});
        if (rc != VG_OK)
            return problem(w, rc, "backing up", vg_errmsg(db));
    }
    if (vg_pool_result(w->crew->pool) != VG_OK)
        return VG_OK;
    rc = vg_open(&copy, path, &(vg_options){.read_only = true});
    if (rc == VG_OK)
        rc = vg_get(copy, NULL, &sum, SELECT_VALUE(SUM(purses.amount)), FROM(purses));
    if (rc != VG_OK || sum.v != PURSES * START)
        problem(w, rc, "the copy", rc == VG_OK ? "has another sum" : vg_errmsg(copy));
    vg_close(copy);
    w->tally.backups++;
    return rc;
}

/* ---- writing ---- */

static int move(vg_db *db, int64_t key, int64_t from, int64_t to, int64_t amount)
{
    static const char note[] = "as agreed; see the letter of last week for the details";
    int rc = vg_exec(db, UPDATE(purses, SET(amount, SUB(purses.amount, amount))),
                     WHERE(EQ(purses.id, from)));
    if (rc == VG_OK)
        rc = vg_exec(db, UPDATE(purses, SET(amount, ADD(purses.amount, amount))),
                     WHERE(EQ(purses.id, to)));
    if (rc == VG_OK)
        rc = vg_exec(db,
                     INSERT_INTO(entries, SET(key, key), SET(from_id, from),
                                 SET(to_id, to), SET(amount, amount), SET(note, note)));
    return rc;
}

/* To disk, before anybody is told. */
static bool acknowledge(worker *w, int64_t key)
{
    int64_t record[2] = {key, ~key};
    return write(w->file, record, sizeof record) == (ssize_t)sizeof record &&
           fdatasync(w->file) == 0;
}

/* One to three moves in a transaction, one of which may be taken back alone. */
static int write_something(worker *w)
{
    crew *c = w->crew;
    int64_t keys[3], moves = 1 + chance(w, 3), done = 0;
    bool regret = chance(w, 16) == 0;
    int rc = VG_OK;
    VG_WRITE(c->pool, db) {
        VG_TRANSACTION(db, tx) {
            done = 0;
            for (int64_t i = 0; i < moves; i++) {
                int64_t from = 1 + chance(w, PURSES), to = 1 + chance(w, PURSES);
                int64_t key = ledger_key(c->run, w->number, ++w->serial);
                VG_TRANSACTION(db, one) {
                    move(db, key, from, to, 1 + chance(w, 40));
                }
                if (vg_result(db) == VG_OK) /* else the purse was empty */
                    keys[done++] = key;
                else if (vg_result(db) != VG_CHECK)
                    break;
            }
            if (regret)
                vg_rollback(tx);
        }
        rc = vg_result(db);
        if (regret && rc == VG_ROLLED_BACK)
            done = 0, rc = VG_OK;
        if (rc != VG_OK)
            problem(w, rc, "writing", vg_errmsg(db));
    }
    if (rc != VG_OK || vg_pool_result(c->pool) != VG_OK)
        return rc;
    for (int64_t i = 0; i < done; i++)
        if (!acknowledge(w, w->last = keys[i]))
            return problem(w, VG_IO, "acknowledging", "the file cannot be written");
    w->tally.writes += !regret;
    w->tally.undone += regret;
    return rc;
}

static void *work(void *ctx)
{
    worker *w = ctx;
    crew *c = w->crew;
    vg_arena arena = {0};
    int64_t end = now_ns() + (int64_t)(c->seconds * 1e9), begun;
    int64_t next_copy = now_ns() + 1000000000;
    while ((begun = now_ns()) < end && !atomic_load(&c->stop)) {
        bool copies = w->number == 0 && begun >= next_copy;
        int rc = copies         ? back_up(w)
                 : chance(w, 4) ? read_something(w, &arena)
                                : write_something(w);
        if (copies)
            next_copy = now_ns() + 3000000000;
        if (rc == VG_OK && vg_pool_result(c->pool) != VG_OK)
            rc = problem(w, vg_pool_result(c->pool), "the pool",
                         vg_pool_errmsg(c->pool));
        if (rc != VG_OK)
            break;
        if (now_ns() - begun > w->tally.longest_ns)
            w->tally.longest_ns = now_ns() - begun;
    }
    vg_arena_free(&arena);
    return NULL;
}

/* ---- the crew ---- */

/* A record that the kill cut in two goes. */
static int open_acknowledgements(const crew *c, int number)
{
    char path[200];
    snprintf(path, sizeof path, "%s/acknowledged-%d", c->folder, number);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    if (size < 0 || ftruncate(fd, size - size % 16) != 0)
        return -1;
    return fd;
}

static bool refuse(crew *c, const char *what, const char *message)
{
    snprintf(c->problem, sizeof c->problem, "%s: %s", what, message);
    return false;
}

static bool open_ledger(crew *c)
{
    char path[200];
    snprintf(path, sizeof path, "%s/load.db", c->folder);
    vg_pool_options options = {.readers = 4,
                               .wait_ms = 60000,
                               .idle_close_ms = 200,
                               .check_after_ms = 50,
                               .wal_limit_kib = 16384,
                               .connection.busy_timeout_ms = 60000,
                               .connection.synchronous = c->synchronous};
    if (vg_pool_open(&c->pool, path, &options) != VG_OK)
        return refuse(c, "opening", vg_pool_errmsg(NULL));
    struct purses_new rows[PURSES];
    for (int i = 0; i < PURSES; i++)
        rows[i] = (struct purses_new){.id = {true, i + 1}, .amount = START};
    int rc = VG_OK;
    VG_WRITE(c->pool, db) {
        VG_TRANSACTION(db, tx) {
            bool there = false;
            vg_create(db, &ledger);
            vg_exists(db, &there, FROM(purses));
            if (!there)
                vg_exec(db, INSERT_INTO(purses, VALUES(rows, PURSES)));
        }
        rc = vg_result(db);
        if (rc != VG_OK)
            refuse(c, "creating", vg_errmsg(db));
    }
    return rc == VG_OK;
}

static void work_together(crew *c)
{
    int created = 0;
    for (; created < THREADS && !*c->problem; created++) {
        worker *w = &c->workers[created];
        *w = (worker){.crew = c,
                      .number = created,
                      .random = (uint64_t)c->run * 64 + (uint64_t)created};
        w->file = open_acknowledgements(c, created);
        if (w->file < 0) {
            refuse(c, "acknowledgements", "the file cannot be opened");
            break;
        }
        if (pthread_create(&w->thread, NULL, work, w) != 0) {
            close(w->file);
            refuse(c, "threads", "no more");
            break;
        }
    }
    if (created < THREADS)
        atomic_store(&c->stop, true);
    for (int i = 0; i < created; i++) {
        pthread_join(c->workers[i].thread, NULL);
        close(c->workers[i].file);
    }
}

bool ledger_work(crew *c)
{
    pthread_mutex_init(&c->lock, NULL);
    c->run = (now_ns() / 100000000) & 0x3fffffff; /* other than the last run's */
    if (open_ledger(c))
        work_together(c);
    if (c->pool)
        c->stats = vg_pool_statistics(c->pool);
    if (vg_pool_close(c->pool, 0) != VG_OK)
        refuse(c, "closing", vg_pool_errmsg(c->pool));
    pthread_mutex_destroy(&c->lock);
    return !*c->problem;
}
