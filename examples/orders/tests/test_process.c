/* The program: started, asked, stopped, killed in the middle of a load, started again. Every
 * order that was acknowledged is there. SPDX-License-Identifier: MIT */
#include "client.h"
#include "support.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct program {
    pid_t pid;
    int port;
    FILE *log; /* its standard error, a file: a pipe that nobody reads would stop it */
} program;

static void nap(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static const char *program_path(void)
{
    const char *path = getenv("ORDERS_PROGRAM");
    assert_non_null(path);
    return path;
}

static place here; /* the folder it runs in, its database */

/* Run it with a verb (NULL: serve) in a folder; its log goes to `log`. */
static pid_t spawn(const char *folder, const char *port, const char *verb, int log)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        setenv("PORT", port, 1);
        setenv("DATABASE_URL", on_postgresql() ? here.url : "orders.db", 1);
        if (!on_postgresql())
            setenv("BACKUP_FOLDER", "copies", 1);
        setenv("BACKUP_SECONDS", "1", 1);
        setenv("BACKUP_KEEP", "2", 1);
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* no server outlives a test that fails */
        if (chdir(folder) || dup2(log, 2) < 0 || !freopen("/dev/null", "w", stdout))
            _exit(126);
        execl(program_path(), "orders", verb, (char *)NULL);
        _exit(127);
    }
    return pid;
}

static int run(const char *folder, const char *port, const char *verb)
{
    int status;
    assert_true(waitpid(spawn(folder, port, verb, 2), &status, 0) > 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Start it and wait until it says which port it listens on. */
static void start(program *p, const char *folder)
{
    static const char said[] = "\"event\":\"listening\",\"port\":";
    char line[8192];
    snprintf(line, sizeof line, "%s/log", folder);
    p->log = fopen(line, "w+");
    assert_non_null(p->log);
    p->pid = spawn(folder, "0", NULL, fileno(p->log));
    p->port = 0;
    for (int tries = 0; !p->port && tries < 1000; tries++) {
        nap(10);
        rewind(p->log);
        while (fgets(line, sizeof line, p->log)) {
            const char *at = strstr(line, said);
            if (at)
                p->port = atoi(at + sizeof said - 1);
        }
    }
    assert_true(p->port > 0);
}

/* Wait until it has ended: its exit code, or 1000 + the signal. Lines of the level error,
 * and those of a sanitizer, are shown and counted. */
static int end(program *p, int *errors)
{
    char line[8192];
    int status;
    *errors = 0;
    assert_true(waitpid(p->pid, &status, 0) > 0);
    rewind(p->log);
    while (fgets(line, sizeof line, p->log))
        if (line[0] != '{' || strstr(line, "\"level\":\"error\"")) {
            fputs(line, stderr);
            ++*errors;
        }
    fclose(p->log);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/* ---- load ---- */

enum { CLIENTS = 6, ORDERS_MAX = 20000 };

typedef struct load {
    int port;
    atomic_bool over;
    atomic_int in_use;       /* of ids */
    int64_t ids[ORDERS_MAX]; /* acknowledged by a 201 */
    atomic_int
        wrong; /* answers other than 201, 200 and the 503 of a server that stops */
} load;

typedef struct visitor {
    load *load;
    pthread_t thread;
    int64_t number;
} visitor;

static void note(load *l, const answer *got)
{
    char header[128];
    int at = atomic_fetch_add(&l->in_use, 1);
    answer_header(got, "Location", header);
    if (at < ORDERS_MAX && strncmp(header, "/orders/", 8) == 0)
        l->ids[at] = atoll(header + 8);
}

/* Place orders, read them, mark some as paid, until the connection ends. */
static void visit(visitor *v, int fd)
{
    answer *got = malloc(sizeof *got);
    char body[256], path[64];
    for (int i = 0; !atomic_load(&v->load->over); i++) {
        snprintf(body, sizeof body,
                 "{\"customer_id\": %" PRId64
                 ", \"items\": [{\"sku\": \"a\", \"quantity\": "
                 "1, \"unit_cents\": %d}, {\"sku\": \"b\", \"quantity\": 2, "
                 "\"unit_cents\": 5}]}",
                 v->number, i);
        if (!client_ask(fd, "POST", "/orders", "", body, got))
            break;
        if (got->status == 201)
            note(v->load, got);
        else
            atomic_fetch_add(&v->load->wrong, 1);
        snprintf(path, sizeof path, "/customers/%" PRId64 "/orders?limit=5", v->number);
        if (!client_ask(fd, "GET", path, "", NULL, got))
            break;
        if (got->status != 200)
            atomic_fetch_add(&v->load->wrong, 1);
    }
    free(got);
}

static void *visit_again(void *arg)
{
    visitor *v = arg;
    while (!atomic_load(&v->load->over)) {
        int fd = client_connect(v->load->port);
        if (fd < 0)
            break;
        visit(v, fd);
        close(fd);
    }
    return NULL;
}

/* Load it, and after `ms` send it `signal`. */
static void load_and_stop(program *p, load *l, int ms, int signal)
{
    visitor visitors[CLIENTS];
    memset(l, 0, sizeof *l);
    l->port = p->port;
    for (int i = 0; i < CLIENTS; i++) {
        visitors[i] = (visitor){.load = l, .number = i + 1};
        assert_int_equal(
            pthread_create(&visitors[i].thread, NULL, visit_again, &visitors[i]), 0);
    }
    nap(ms);
    for (int i = 0; atomic_load(&l->in_use) <= 10 && i < 600; i++)
        nap(50); /* a machine that has more to do */
    kill(p->pid, signal);
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(visitors[i].thread, NULL);
}

/* Is each acknowledged order there, with both of its items? */
static void check_all(const load *l)
{
    vg_db *db;
    vg_arena arena = {0};
    vg_defect_list defects;
    int64_t lonely = -1;
    assert_int_equal(vg_open(&db, here.url, NULL), VG_OK);
    for (int i = 0; i < l->in_use && i < ORDERS_MAX; i++) {
        order o;
        assert_true(l->ids[i] > 0);
        assert_int_equal(order_find(db, &arena, l->ids[i], &o), VG_OK);
        assert_int_equal(o.items.len, 2);
        vg_arena_reset(&arena);
    }
    assert_int_equal(
        vg_count(db, &lonely, FROM(orders),
                 WHERE(NOT_EXISTS(SELECT(order_items),
                                  WHERE(EQ(order_items.order_id, orders.id))))),
        VG_OK);
    assert_int_equal(lonely, 0);
    assert_int_equal(vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects),
                     on_postgresql() ? VG_UNSUPPORTED : VG_OK);
    assert_int_equal(defects.len, 0);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

static load *loaded;

static void test_process__ends_in_order(void **state)
{
    (void)state;
    program p;
    char path[128], port[16];
    int errors;
    struct stat file;
    answer *got = malloc(sizeof *got);
    place_make(&here);
    const char *folder = here.folder;
    assert_int_equal(run(folder, "1", "--health"), 1);
    start(&p, folder);
    snprintf(port, sizeof port, "%d", p.port);
    assert_int_equal(run(folder, port, "--health"), 0);
    int fd = client_connect(p.port);
    assert_true(client_ask(fd, "GET", "/health", "", NULL, got));
    assert_int_equal(got->status, 200);
    kill(p.pid, SIGINT); /* the client keeps its connection: it is idle, nobody waits */
    assert_int_equal(end(&p, &errors), 0);
    assert_int_equal(errors, 0);
    close(fd);
    snprintf(path, sizeof path, "%s/orders.db-wal", folder);
    assert_int_equal(stat(path, &file), -1); /* moved into the database */
    free(got);
    place_remove(&here);
}

/* A request that has begun when the signal comes is answered. */
static void test_process__answers_what_is_in_flight(void **state)
{
    (void)state;
    program p;
    int errors;
    char head[256];
    static const char body[] = "{\"customer_id\": 1, \"items\": "
                               "[{\"sku\":\"a\",\"quantity\":1,\"unit_cents\":1}]}";
    snprintf(head, sizeof head,
             "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
             "Content-Length: %zu\r\n\r\n",
             sizeof body - 1);
    answer *got = malloc(sizeof *got);
    place_make(&here);
    const char *folder = here.folder;
    start(&p, folder);
    int fd = client_connect(p.port);
    assert_true(client_send(fd, head, strlen(head)));
    assert_true(client_send(fd, body, 20));
    nap(200);
    kill(p.pid, SIGTERM);
    nap(300);
    assert_true(client_send(fd, body + 20, sizeof body - 21));
    assert_true(client_receive(fd, got));
    assert_int_equal(got->status, 201);
    assert_int_equal(end(&p, &errors), 0);
    assert_int_equal(errors, 0);
    close(fd);
    free(got);
    place_remove(&here);
}

static void stop_in_mid_load(int signal, int ms, int expected)
{
    program p;
    int errors;
    place_make(&here);
    const char *folder = here.folder;
    for (int round = 0; round < 3; round++) {
        start(&p, folder);
        load_and_stop(&p, loaded, ms + 130 * round, signal);
        assert_int_equal(end(&p, &errors), expected);
        assert_int_equal(errors, 0);
        assert_true(loaded->in_use > 10);
        assert_int_equal(loaded->wrong, 0);
        printf("signal %d: %d orders acknowledged\n", signal, loaded->in_use);
        check_all(loaded);
    }
    start(&p, folder); /* and it serves again */
    kill(p.pid, SIGTERM);
    assert_int_equal(end(&p, &errors), 0);
    place_remove(&here);
}

static void test_process__stopped_in_mid_load_loses_nothing(void **state)
{
    (void)state;
    stop_in_mid_load(SIGTERM, 700, 0);
}

static void test_process__killed_in_mid_load_loses_nothing(void **state)
{
    (void)state;
    stop_in_mid_load(SIGKILL, 700, 1000 + SIGKILL);
}

/* The pipe of its log is full: it serves, and ends, all the same. */
static void test_process__ends_though_nobody_reads_its_log(void **state)
{
    (void)state;
    enum { LINES = 1000 }; /* of 200 bytes and more; a pipe takes 64 KiB */
    static const char said[] = "\"event\":\"listening\",\"port\":";
    int ends[2], status, port = 0;
    char line[8192];
    answer *got = malloc(sizeof *got);
    place_make(&here);
    const char *folder = here.folder;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = spawn(folder, "0", NULL, ends[1]);
    FILE *log = fdopen(ends[0], "r");
    while (!port && fgets(line, sizeof line, log)) {
        const char *at = strstr(line, said);
        port = at ? atoi(at + sizeof said - 1) : 0;
    }
    int fd = client_connect(port);
    for (int i = 0; i < LINES; i++) {
        assert_true(client_ask(fd, "GET", "/live", "", NULL, got));
        assert_int_equal(got->status, 200);
    }
    kill(pid, SIGTERM);
    assert_true(waitpid(pid, &status, 0) > 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(fd);
    close(ends[1]);
    fclose(log);
    free(got);
    place_remove(&here);
}

static void test_process__says_what_is_wrong(void **state)
{
    (void)state;
    place_make(&here);
    const char *folder = here.folder;
    assert_int_equal(run(folder, "http", NULL), 2);
    assert_int_equal(run(folder, "0", "--nonsense"), 2);
    assert_int_equal(run("/", "0", "--help"), 0);
    place_remove(&here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_process__ends_in_order),
        cmocka_unit_test(test_process__answers_what_is_in_flight),
        cmocka_unit_test(test_process__stopped_in_mid_load_loses_nothing),
        cmocka_unit_test(test_process__killed_in_mid_load_loses_nothing),
        cmocka_unit_test(test_process__ends_though_nobody_reads_its_log),
        cmocka_unit_test(test_process__says_what_is_wrong),
    };
    loaded = malloc(sizeof *loaded);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(loaded);
    return failed;
}
