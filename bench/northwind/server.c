/* The routes over HTTP: JSON, by processes that are all alike.
 *
 *     northwind_server [--workers N] [--port N] URL
 *
 * Prints "listening on PORT" when it does (127.0.0.1; 0, the default: a free port), and ends
 * on SIGTERM or SIGINT. Each process has one thread and one connection to the database, and
 * answers together what its clients have asked in one turn of its loop. They share nothing
 * but the port. */
#include "../data.h"
#include "batch.h"
#include "http.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORKERS = 64 };

struct settings {
    const char *url;
    int workers;
    uint16_t port;
};

struct worker {
    vg_pool *pool; /* of one: it connects again if that is lost */
    vg_arena arena;
};

/* --- answers --- */

/* False: nothing was sent. */
static bool send_answer(struct worker *w, const struct asked *asked,
                        const struct answer *answer)
{
    size_t len;
    const char *json = answer_json(answer, &w->arena, &len);
    if (json)
        http_answer(asked, json, len);
    return json != NULL;
}

static bool answer_one(struct worker *w, vg_db *db, const struct asked *asked)
{
    struct answer answer;
    vg_arena_reset(&w->arena);
    if (virga_answer(db, &w->arena, asked->route, &asked->question, &answer) == VG_OK)
        return send_answer(w, asked, &answer);
    fprintf(stderr, "%s: %s\n", routes[asked->route].path, vg_errmsg(db));
    return false;
}

/* Of a file: in one transaction, so that its locks are taken once for all. What has got its
 * answer is marked, what has not is left. */
static void answer_in_transaction(struct worker *w, vg_db *db,
                                  const struct asked *asked, size_t count, bool *done)
{
    size_t i = 0;
    VG_TRANSACTION(db, tx) {
        while (i < count && (done[i] = answer_one(w, db, &asked[i])))
            i++;
    }
}

/* Of a server: those without trees in one round trip. */
static void answer_in_batch(struct worker *w, vg_db *db, const struct asked *asked,
                            size_t count, bool *done)
{
    struct awaited awaited[HTTP_TOGETHER];
    bool added[HTTP_TOGETHER];
    vg_batch *batch;
    vg_arena_reset(&w->arena);
    vg_batch_open(db, &batch, VG_BATCH_WHOLE);
    for (size_t i = 0; i < count; i++)
        added[i] = batch_add(batch, &w->arena, asked[i].route, &asked[i].question,
                             &awaited[i]);
    if (vg_batch_run(batch))
        fprintf(stderr, "%s\n", vg_errmsg(db));
    for (size_t i = 0; i < count && vg_batch_code(batch) == VG_OK; i++) {
        if (!added[i])
            continue;
        struct answer answer = batch_answer(&awaited[i]);
        done[i] = send_answer(w, &asked[i], &answer);
    }
    vg_batch_close(batch);
}

static void answer_all(void *ctx, const struct asked *asked, size_t count)
{
    struct worker *w = ctx;
    bool done[HTTP_TOGETHER] = {0};
    VG_READ(w->pool, db) {
        if (count > 1)
            (vg_fd(db) < 0 ? answer_in_transaction : answer_in_batch)(w, db, asked,
                                                                      count, done);
        for (size_t i = 0; i < count; i++)
            done[i] = done[i] || answer_one(w, db, &asked[i]);
    }
    if (vg_pool_result(w->pool))
        fprintf(stderr, "%s\n", vg_pool_errmsg(w->pool));
    for (size_t i = 0; i < count; i++) {
        if (!done[i])
            http_answer(&asked[i], NULL, 0);
    }
}

/* --- processes --- */

static struct worker worker;

static void on_end(int number)
{
    (void)number;
    http_end();
}

/* What a worker does until it is told to end. */
static void work(const char *url, int listener)
{
    sigset_t none;
    vg_pool_options options = {
        .readers = 1, .max = 1, .connection = {.cache_kib = 65536, .repeat_limit = -1}};
    /* As better-sqlite3 is compiled; a program may say so of its own process. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (vg_pool_open(&worker.pool, url, &options))
        die("%s", vg_pool_errmsg(NULL));
    http_open(listener, answer_all, &worker);
    signal(SIGTERM, on_end);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    http_run();
    http_close();
    vg_arena_free(&worker.arena);
    vg_pool_close(worker.pool, 0);
}

/* Its number in the system; in the worker itself 0, when it has ended. */
static pid_t start(const char *url, int listener)
{
    pid_t pid = fork();
    if (pid < 0)
        die("no process");
    if (!pid) {
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* not longer than the first one */
        work(url, listener);
    }
    return pid;
}

/* Until a signal, or one of them ends by itself; 0: as it should be. */
static int wait_for(const pid_t *pids, int count, const sigset_t *signals)
{
    int number, failed = 0;
    sigwait(signals, &number);
    for (int i = 0; i < count; i++)
        kill(pids[i], SIGTERM);
    for (int i = 0; i < count; i++) {
        int status;
        if (waitpid(pids[i], &status, 0) != pids[i] || status)
            failed = 1;
    }
    return failed || number == SIGCHLD;
}

/* --- start --- */

static struct settings parse_settings(int argc, char **argv)
{
    struct settings s = {.workers = 2};
    for (int i = 1; i < argc; i++) {
        int64_t n = 0;
        bool is_number = i + 1 < argc && whole_number(argv[i + 1], &n) && n <= 65535;
        if (strcmp(argv[i], "--workers") == 0 && is_number && n && n <= MAX_WORKERS)
            s.workers = (int)n, i++;
        else if (strcmp(argv[i], "--port") == 0 && is_number)
            s.port = (uint16_t)n, i++;
        else if (*argv[i] != '-' && !s.url)
            s.url = argv[i];
        else
            die("usage: northwind_server [--workers N] [--port N] URL");
    }
    if (!s.url)
        die("usage: northwind_server [--workers N] [--port N] URL");
    return s;
}

int main(int argc, char **argv)
{
    struct settings s = parse_settings(argc, argv);
    pid_t pids[MAX_WORKERS];
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    for (int i = 0; i < s.workers; i++) {
        int listener = http_listen(&s.port);
        if (listener < 0)
            die("no port to listen on");
        pids[i] = start(s.url, listener);
        if (!pids[i])
            return 0;
        close(listener); /* it is the worker's */
    }
    printf("listening on %u\n", (unsigned)s.port);
    fflush(stdout);
    return wait_for(pids, s.workers, &signals);
}
