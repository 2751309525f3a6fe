/* The daemon: receives a request up to a limit, has it answered, sends the answer, logs it.
 * One thread works on a request from its first byte to its last; the threads share nothing
 * but the list of clients and two counters. SPDX-License-Identifier: MIT */
#include "http.h"
#include "clients.h"

#include <microhttpd.h>

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    HEADERS_MAX = 32 << 10, /* bytes of memory for a connection */
    SWALLOW_MAX = 1 << 20,  /* bytes beyond a body's limit that are read and dropped, so
                               that the client sees the answer */
    REQUEST_ID_ROOM = 65
};

struct http_server {
    const settings *settings;
    const service *service;
    logger *log;
    struct MHD_Daemon *daemon;
    int listen_fd; /* once it is quiesced; else -1 */
    atomic_bool stopping;
    atomic_int in_flight;
    clients clients;
};

/* A request and all that is made for it; freed when its answer has been sent. */
typedef struct exchange {
    request r;
    http_server *server;
    char *body;
    size_t len, room;
    uint64_t received; /* bytes of the body, kept or not */
    int status;        /* answered; 0: not yet */
    int64_t begun;     /* ns */
    char id[REQUEST_ID_ROOM];
} exchange;

/* ---- what routes ask of a request ---- */

const char *request_argument(const request *r, const char *name)
{
    return MHD_lookup_connection_value(r->from, MHD_GET_ARGUMENT_KIND, name);
}

const char *request_header(const request *r, const char *name)
{
    return MHD_lookup_connection_value(r->from, MHD_HEADER_KIND, name);
}

/* ---- answers ---- */

static void put_headers(struct MHD_Response *response, const exchange *x,
                        const reply *answer)
{
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Request-Id", x->id);
    if (answer->has_body)
        MHD_add_response_header(response, "Content-Type",
                                answer->status < 400 ? "application/json"
                                                     : "application/problem+json");
    if (*answer->location)
        MHD_add_response_header(response, "Location", answer->location);
    if (answer->allow)
        MHD_add_response_header(response, "Allow", answer->allow);
    if (answer->repeated)
        MHD_add_response_header(response, "Idempotent-Replayed", "true");
    if (answer->status == 503)
        MHD_add_response_header(response, "Retry-After", "1");
    if (x->r.stopping)
        MHD_add_response_header(response, "Connection", "close");
}

/* Hand the answer over. MHD_NO, by which the connection is closed, when memory ends. */
static enum MHD_Result send_reply(exchange *x, reply *answer)
{
    bool whole = answer->has_body && vg_json_finish(&answer->body) == VG_OK;
    if (answer->status != 204 && !whole) /* there was no memory for the body */
        answer->status = 500;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        whole ? answer->body.len : 0, whole ? answer->body.text : NULL,
        MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    put_headers(response, x, answer);
    x->status = answer->status;
    enum MHD_Result result =
        MHD_queue_response(x->r.from, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_too_large(exchange *x)
{
    reply answer = {0};
    reply_problem(&x->r, &answer, 413, "The body is larger than this service takes.",
                  NULL);
    return send_reply(x, &answer);
}

/* ---- requests ---- */

/* The sender's name for the request, if it is a plain one, or one of ours. */
static void name_request(exchange *x)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789._-";
    const char *given = request_header(&x->r, "X-Request-Id");
    size_t len = given ? strspn(given, allowed) : 0;
    if (len > 0 && len < REQUEST_ID_ROOM && !given[len])
        memcpy(x->id, given, len + 1);
    else
        vg_cuid2(x->id);
}

static exchange *exchange_new(http_server *server, struct MHD_Connection *connection,
                              const char *method, const char *path)
{
    exchange *x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    x->server = server;
    x->begun = clock_ns();
    x->r.settings = server->settings;
    x->r.service = server->service;
    x->r.from = connection;
    x->r.method = vg_arena_text(&x->r.arena, method, strlen(method));
    x->r.path = vg_arena_text(&x->r.arena, path, strlen(path));
    name_request(x);
    if (!x->r.method || !x->r.path) {
        vg_arena_free(&x->r.arena);
        free(x);
        return NULL;
    }
    atomic_fetch_add(&server->in_flight, 1);
    return x;
}

/* Keep a piece of the body, up to the limit; false when memory ends. */
static bool keep(exchange *x, const char *data, size_t len)
{
    size_t limit = (size_t)x->server->settings->max_body_bytes;
    x->received += len;
    if (x->received > limit)
        return x->received <= limit + SWALLOW_MAX;
    if (x->len + len > x->room) {
        size_t room = x->room ? 2 * x->room : 1024;
        while (room < x->len + len)
            room *= 2;
        char *grown = realloc(x->body, room);
        if (!grown)
            return false;
        x->body = grown;
        x->room = room;
    }
    memcpy(x->body + x->len, data, len);
    x->len += len;
    return true;
}

/* Is so much announced that it is not worth reading to its end? */
static bool hopeless(const exchange *x)
{
    const char *text = request_header(&x->r, "Content-Length");
    errno = 0;
    unsigned long long announced = text ? strtoull(text, NULL, 10) : 0;
    return errno ||
           announced >
               (unsigned long long)x->server->settings->max_body_bytes + SWALLOW_MAX;
}

static client *client_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* Called by libmicrohttpd: once with the headers, once for each piece of the body, and once
 * at its end. MHD_NO closes the connection. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version, const char *data, size_t *len,
                                  void **state)
{
    http_server *server = ctx;
    exchange *x = *state;
    (void)version;
    if (!x) {
        client_touch(client_of(connection));
        *state = x = exchange_new(server, connection, method, path);
        if (!x)
            return MHD_NO;
        return hopeless(x) ? send_too_large(x) : MHD_YES;
    }
    if (*len) {
        bool kept = keep(x, data, *len);
        *len = 0;
        return kept ? MHD_YES : MHD_NO;
    }
    x->r.stopping = atomic_load(&server->stopping);
    if (x->received > x->len)
        return send_too_large(x);
    reply answer = {0};
    x->r.body = x->body;
    x->r.body_len = x->len;
    routes_answer(&x->r, &answer);
    return send_reply(x, &answer);
}

static void log_exchange(const exchange *x, bool complete)
{
    log_line line;
    log_begin(&line, x->server->log, x->status >= 500 ? LEVEL_WARN : LEVEL_INFO,
              "request");
    log_text(&line, "id", x->id);
    log_text(&line, "method", x->r.method);
    log_text(&line, "path", x->r.path);
    log_number(&line, "status", x->status);
    log_number(&line, "received_bytes", (int64_t)x->received);
    log_number(&line, "duration_us", (clock_ns() - x->begun) / 1000);
    if (!complete)
        log_text(&line, "problem", "the connection ended before the request did");
    log_end(&line);
}

/* The answer has been sent, or the connection has ended. */
static void on_end(void *ctx, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode how)
{
    http_server *server = ctx;
    exchange *x = *state;
    if (!x)
        return;
    *state = NULL;
    client_touch(client_of(connection));
    log_exchange(x, how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    vg_arena_free(&x->r.arena);
    free(x->body);
    free(x);
    atomic_fetch_sub(&server->in_flight, 1);
}

static void on_client(void *ctx, struct MHD_Connection *connection, void **state,
                      enum MHD_ConnectionNotificationCode what)
{
    http_server *server = ctx;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *state = info ? clients_add(&server->clients, info->connect_fd) : NULL;
    } else {
        clients_remove(&server->clients, *state);
        *state = NULL;
    }
}

/* ---- the server ---- */

static void on_message(void *ctx, const char *format, va_list args) VG_PRINTF(2, 0);
static void on_message(void *ctx, const char *format, va_list args)
{
    char text[256];
    const http_server *server = ctx;
    vsnprintf(text, sizeof text, format, args);
    text[strcspn(text, "\n")] = '\0';
    log_message(server->log, LEVEL_DEBUG, "microhttpd", text);
}

/* An IPv4 or IPv6 address and a port; false for anything else. */
static bool parse_address(const char *host, uint16_t port, struct sockaddr_storage *out)
{
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        return true;
    }
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    return inet_pton(AF_INET6, host, &six->sin6_addr) == 1;
}

static struct MHD_Daemon *start(http_server *server)
{
    const settings *s = server->settings;
    struct sockaddr_storage address;
    if (!parse_address(s->host, (uint16_t)s->port, &address))
        return NULL;
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_USE_ITC |
                     MHD_USE_ERROR_LOG |
                     (address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER,
        on_message, server, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)s->threads, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)(s->max_connections < s->threads ? s->threads : s->max_connections),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)s->request_seconds,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, on_end, server,
        MHD_OPTION_NOTIFY_CONNECTION, on_client, server, MHD_OPTION_END);
}

http_server *http_open(const settings *s, const service *with, logger *log)
{
    http_server *server = calloc(1, sizeof *server);
    if (!server)
        return NULL;
    server->settings = s;
    server->service = with;
    server->log = log;
    server->listen_fd = -1;
    pthread_mutex_init(&server->clients.lock, NULL);
    errno = 0;
    server->daemon = start(server);
    if (server->daemon)
        return server;
    log_line line;
    log_begin(&line, log, LEVEL_ERROR, "listen");
    log_text(&line, "message",
             errno ? strerror(errno) : "HOST must be an IPv4 or IPv6 address");
    log_text(&line, "host", s->host);
    log_number(&line, "port", s->port);
    log_end(&line);
    http_close(server);
    return NULL;
}

int http_port(const http_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void http_close_slow(http_server *server)
{
    int closed = clients_close_slow(&server->clients,
                                    server->settings->request_seconds * 1000000000);
    log_line line;
    if (closed == 0)
        return;
    log_begin(&line, server->log, LEVEL_INFO, "slow_clients");
    log_number(&line, "closed", closed);
    log_end(&line);
}

void http_quiesce(http_server *server)
{
    atomic_store(&server->stopping, true);
    if (server->listen_fd >= 0)
        return;
    /* It may be closed after the threads have ended only, but it can refuse from now on. */
    server->listen_fd = MHD_quiesce_daemon(server->daemon);
    if (server->listen_fd >= 0)
        shutdown(server->listen_fd, SHUT_RDWR);
}

int http_in_flight(const http_server *server)
{
    return atomic_load(&((http_server *)server)->in_flight);
}

void http_close(http_server *server)
{
    if (!server)
        return;
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    if (server->listen_fd >= 0)
        close(server->listen_fd);
    pthread_mutex_destroy(&server->clients.lock);
    free(server);
}
