/* One thread, several connections, many queries at once, and a timer that never waits for any
 * of them:
 *
 *     events [url]         postgres://user:password@host/database, or a file of SQLite's
 *
 * Each connection runs one batch after the other. vg_batch_poll goes as far as it can without
 * waiting; what it then waits for is told to libuv, which calls again. Now and then a query
 * takes a fifth of a second. The timer ticks all the while, and in the end the program says
 * how late its latest tick was.
 *
 * SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>
#include <virga/virga.h>

enum { CONNECTIONS = 4, BATCHES = 60, TICK_MS = 5, SLOW_EVERY = 20 };

// clang-format off
TABLE(events,
    COLUMN(id,     INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(worker, INTEGER,   NOT_NULL),
    COLUMN(what,   TEXT,      NOT_NULL),
    COLUMN(at,     TIMESTAMP, NOT_NULL, DEFAULT_NOW))
// clang-format on

SCHEMA(journal, events)

typedef struct worker {
    vg_db *db;
    vg_batch *batch;
    vg_arena arena;
    uv_poll_t poll; /* of its connection */
    uv_idle_t
        idle; /* where there is nothing to poll: the next batch at the next turn */
    bool has_fd;
    int number, begun;
    bool slow;            /* the batch at hand sleeps for a while, in the server */
    uint64_t ticks_begun; /* how often the timer had ticked when it began */
    /* What the batch at hand brings. */
    events_list last;
    int64_t count;
    uint64_t rows;
} worker;

typedef struct ticker {
    uv_timer_t timer;
    uint64_t expected_ns, worst_ns, ticks;
    int running; /* workers that are not done */
} ticker;

static ticker clock_;
static bool failed;
static int slept, ticked; /* queries that slept; of these, while the timer ticked */

static void stop(worker *w)
{
    if (w->has_fd)
        uv_close((uv_handle_t *)&w->poll, NULL);
    else
        uv_close((uv_handle_t *)&w->idle, NULL);
    if (--clock_.running == 0)
        uv_close((uv_handle_t *)&clock_.timer, NULL);
}

static void fail(worker *w)
{
    fprintf(stderr, "events: %s\n", vg_errmsg(w->db));
    failed = true;
    stop(w);
}

static void on_ready(uv_poll_t *poll, int status, int what);

/* Write down that we are here, and see what there is. */
static void add_queries(worker *w)
{
    vg_arena_reset(&w->arena);
    vg_batch_exec(w->batch,
                  INSERT_INTO(events, SET(worker, w->number), SET(what, "a batch")));
    w->slow = w->has_fd && w->begun % SLOW_EVERY == SLOW_EVERY / 2;
    w->ticks_begun = clock_.ticks;
    if (w->slow)
        vg_batch_exec(w->batch, RAW("select pg_sleep(0.2)"));
    vg_batch_all(w->batch, &w->arena, &w->last, SELECT(events),
                 WHERE(EQ(events.worker, w->number)), ORDER_BY(DESC(events.id)),
                 LIMIT(10));
    vg_batch_get(w->batch, NULL, &w->count, SELECT_VALUE(COUNT()), FROM(events),
                 WHERE(EQ(events.worker, w->number)));
}

/* As far as possible without waiting. */
static void go_on(worker *w)
{
    unsigned want;
    while (!(want = vg_batch_poll(w->batch))) {
        if (vg_batch_code(w->batch) != VG_OK) {
            fail(w);
            return;
        }
        w->rows += w->last.len + 1;
        slept += w->slow;
        ticked += w->slow && clock_.ticks != w->ticks_begun;
        if (w->begun++ == BATCHES) {
            stop(w);
            return;
        }
        add_queries(w);
        if (!w->has_fd)
            return; /* others first */
    }
    uv_poll_start(&w->poll,
                  (want & VG_WANT_READ ? UV_READABLE : 0) |
                      (want & VG_WANT_WRITE ? UV_WRITABLE : 0),
                  on_ready);
}

static void on_ready(uv_poll_t *poll, int status, int what)
{
    (void)status; /* vg_batch_poll finds out by itself */
    (void)what;
    go_on(poll->data);
}

static void on_idle(uv_idle_t *idle)
{
    go_on(idle->data);
}

static void on_tick(uv_timer_t *timer)
{
    uint64_t now = uv_hrtime(), every = TICK_MS * UINT64_C(1000000);
    ticker *t = timer->data;
    if (now > t->expected_ns && now - t->expected_ns > t->worst_ns)
        t->worst_ns = now - t->expected_ns;
    t->expected_ns = now + every;
    t->ticks++;
}

static int begin(uv_loop_t *loop, worker *w, const char *url)
{
    if (vg_open(&w->db, url, NULL) || (w->number == 0 && vg_create(w->db, &journal)) ||
        vg_batch_open(w->db, &w->batch, VG_BATCH_WHOLE))
        return -1;
    add_queries(w);
    w->has_fd = vg_fd(w->db) >= 0;
    w->poll.data = w->idle.data = w;
    if (w->has_fd)
        return uv_poll_init(loop, &w->poll, vg_fd(w->db)) ||
               uv_poll_start(&w->poll, UV_WRITABLE, on_ready);
    return uv_idle_init(loop, &w->idle) || uv_idle_start(&w->idle, on_idle);
}

int main(int argc, char **argv)
{
    static worker workers[CONNECTIONS];
    const char *url = argc > 1 ? argv[1] : getenv("VIRGA_POSTGRES_URL");
    uv_loop_t *loop = uv_default_loop();
    uint64_t started = uv_hrtime();
    for (int i = 0; i < CONNECTIONS; i++) {
        workers[i].number = i;
        if (begin(loop, &workers[i], url ? url : "events.db")) {
            fprintf(stderr, "events: %s\n",
                    workers[i].db ? vg_errmsg(workers[i].db) : "out of memory");
            return 1;
        }
    }
    clock_.running = CONNECTIONS;
    clock_.timer.data = &clock_;
    uv_timer_init(loop, &clock_.timer);
    clock_.expected_ns = uv_hrtime() + TICK_MS * UINT64_C(1000000);
    uv_timer_start(&clock_.timer, on_tick, TICK_MS, TICK_MS);
    uv_run(loop, UV_RUN_DEFAULT);

    double worst_ms = (double)clock_.worst_ns / 1e6;
    uint64_t rows = 0;
    for (int i = 0; i < CONNECTIONS; i++) {
        rows += workers[i].rows;
        vg_batch_close(workers[i].batch);
        vg_arena_free(&workers[i].arena);
        vg_close(workers[i].db);
    }
    uv_loop_close(loop);
    printf("%d batches, %" PRIu64 " rows in %.0f ms; %" PRIu64
           " ticks, the latest %.1f ms late\n",
           CONNECTIONS * BATCHES, rows, (double)(uv_hrtime() - started) / 1e6,
           clock_.ticks, worst_ms);
    bool stood_still = slept > 0 && ticked == 0;
    if (stood_still)
        fprintf(stderr, "events: the loop stood still while a query ran\n");
    return failed || stood_still;
}
