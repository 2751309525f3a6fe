/* The routes over HTTP: JSON, by libmicrohttpd, connections from a pool.
 *
 *     northwind_server [--threads N] [--port N] URL
 *
 * Prints "listening on PORT" when it does (127.0.0.1; 0, the default: a free port), and ends
 * on SIGTERM or SIGINT. One thread answers a request from its first byte to its last; threads
 * share nothing but the pool, which has as many connections. */
#include "../data.h"
#include "routes.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
    REQUEST_BYTES = 8 << 10
}; /* with its headers; what the daemon clears after each */

struct settings {
    const char *url;
    unsigned threads;
    uint16_t port;
};

static struct {
    vg_pool *pool;
    pthread_key_t arenas;
    struct MHD_Response *not_found, *bad_request, *failure;
} server;

/* --- one request --- */

/* Answered into `arena`: the HTTP status; a failure's reason goes to stderr. */
static unsigned respond(enum route route, const struct question *q, vg_arena *arena,
                        const char **json, size_t *len)
{
    struct answer answer;
    *json = NULL;
    vg_arena_reset(arena);
    VG_READ(server.pool, db) {
        if (virga_answer(db, arena, route, q, &answer))
            fprintf(stderr, "%s: %s\n", routes[route].path, vg_errmsg(db));
        else
            *json = answer_json(&answer, arena, len);
    }
    if (vg_pool_result(server.pool))
        fprintf(stderr, "%s\n", vg_pool_errmsg(server.pool));
    return *json ? 200 : 500;
}

/* A whole number, not below zero. */
static bool parse(const char *text, int64_t *n)
{
    char *end;
    if (!text || *text < '0' || *text > '9')
        return false;
    *n = strtoll(text, &end, 10);
    return !*end;
}

static const char *argument(struct MHD_Connection *from, const char *name)
{
    return MHD_lookup_connection_value(from, MHD_GET_ARGUMENT_KIND, name);
}

static bool read_question(enum route route, struct question *q,
                          struct MHD_Connection *from)
{
    const char *term;
    switch (routes[route].asks) {
    case ASKS_ID: return parse(argument(from, "id"), &q->id);
    case ASKS_PAGE:
        return parse(argument(from, "limit"), &q->limit) &&
               parse(argument(from, "offset"), &q->offset);
    case ASKS_TERM: break;
    }
    term = argument(from, "term");
    if (term)
        question_term(q, term);
    return term != NULL;
}

/* --- HTTP --- */

/* The thread's own arena, which goes with it. */
static vg_arena *thread_arena(void)
{
    vg_arena *arena = pthread_getspecific(server.arenas);
    if (!arena) {
        arena = calloc(1, sizeof *arena);
        if (!arena || pthread_setspecific(server.arenas, arena))
            die("out of memory");
    }
    return arena;
}

static void free_arena(void *arena)
{
    vg_arena_free(arena);
    free(arena);
}

static enum MHD_Result send_json(struct MHD_Connection *to, const char *json,
                                 size_t len)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, (void *)json, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "application/json");
    enum MHD_Result result = MHD_queue_response(to, 200, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *from, const char *path,
                              const char *method, const char *version, const char *body,
                              size_t *body_len, void **state)
{
    (void)ctx, (void)version, (void)body, (void)body_len;
    static char begun;
    if (!*state) { /* the headers are there: the whole request comes at the next call */
        *state = &begun;
        return MHD_YES;
    }
    enum route route = strcmp(method, "GET") == 0 ? route_of(path) : ROUTE_COUNT;
    if (route == ROUTE_COUNT)
        return MHD_queue_response(from, 404, server.not_found);
    struct question q = {0};
    if (!read_question(route, &q, from))
        return MHD_queue_response(from, 400, server.bad_request);
    const char *json;
    size_t len;
    if (respond(route, &q, thread_arena(), &json, &len) != 200)
        return MHD_queue_response(from, 500, server.failure);
    return send_json(from, json, len);
}

static struct MHD_Response *fixed(const char *text)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)text,
                                                             MHD_RESPMEM_PERSISTENT);
    if (!r)
        die("out of memory");
    return r;
}

static void serve(const struct settings *s, const sigset_t *ends)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(s->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server.not_found = fixed("null");
    server.bad_request = fixed("null");
    server.failure = fixed("null");
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, s->port, NULL,
                         NULL, handle, NULL, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_THREAD_POOL_SIZE, s->threads > 1 ? s->threads : 0,
                         MHD_OPTION_CONNECTION_LIMIT, 4096u, MHD_OPTION_END);
    if (!daemon)
        die("no port to listen on");
    printf("listening on %u\n",
           (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    int number;
    sigwait(ends, &number);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(server.not_found);
    MHD_destroy_response(server.bad_request);
    MHD_destroy_response(server.failure);
}

/* --- start --- */

static struct settings parse_settings(int argc, char **argv)
{
    struct settings s = {.threads = 2};
    for (int i = 1; i < argc; i++) {
        int64_t n = 0;
        bool is_number = i + 1 < argc && parse(argv[i + 1], &n) && n <= 65535;
        if (strcmp(argv[i], "--threads") == 0 && is_number && n)
            s.threads = (unsigned)n, i++;
        else if (strcmp(argv[i], "--port") == 0 && is_number)
            s.port = (uint16_t)n, i++;
        else if (*argv[i] != '-' && !s.url)
            s.url = argv[i];
        else
            die("usage: northwind_server [--threads N] [--port N] URL");
    }
    if (!s.url)
        die("usage: northwind_server [--threads N] [--port N] URL");
    return s;
}

int main(int argc, char **argv)
{
    struct settings s = parse_settings(argc, argv);
    vg_pool_options options = {.readers = (int)s.threads,
                               .max = (int)s.threads,
                               .open_all = true,
                               .connection = {.cache_kib = 65536, .repeat_limit = -1}};
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* in all threads: main waits for them */
    /* As better-sqlite3 is compiled; a program may say so of its own process. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (vg_pool_open(&server.pool, s.url, &options))
        die("%s", vg_pool_errmsg(NULL));
    if (pthread_key_create(&server.arenas, free_arena))
        die("no key for the arenas");
    serve(&s, &ends);
    vg_pool_close(server.pool, 0);
    return 0;
}
