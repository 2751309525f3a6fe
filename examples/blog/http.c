/* The server: a fixed number of threads, a request of limited size, an answer.
 * SPDX-License-Identifier: MIT */
#include "http.h"

#include <microhttpd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

struct http_server {
    struct MHD_Daemon *daemon;
    vg_pool *pool;
};

/* A request that is being received. */
typedef struct incoming {
    exchange x;
    char *body;
    size_t room;
    bool too_large;
} incoming;

static int64_t number(const char *text, int64_t otherwise)
{
    char *end;
    long long n = text ? strtoll(text, &end, 10) : 0;
    return text && end != text && !*end && n > 0 && n < 1000000000 ? n : otherwise;
}

static bool keep(incoming *in, const char *data, size_t len)
{
    if (in->x.body_len + len > BODY_MAX) {
        in->too_large = true;
        return true; /* read on, so that the client sees the answer */
    }
    if (in->x.body_len + len > in->room) {
        size_t room = in->room ? in->room : 1024;
        while (room < in->x.body_len + len)
            room *= 2;
        char *grown = realloc(in->body, room);
        if (!grown)
            return false;
        in->body = grown;
        in->room = room;
    }
    memcpy(in->body + in->x.body_len, data, len);
    in->x.body_len += len;
    return true;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, exchange *x)
{
    bool empty = x->status == 204 || !x->out.text;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        empty ? 0 : x->out.len, empty ? NULL : x->out.text, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    if (!empty)
        MHD_add_response_header(response, "Content-Type", "application/json");
    enum MHD_Result result =
        MHD_queue_response(connection, (unsigned)x->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Called with the headers, with each piece of the body, and at its end. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version, const char *data, size_t *len,
                                  void **state)
{
    http_server *server = ctx;
    incoming *in = *state;
    (void)version;
    if (!in) {
        *state = in = calloc(1, sizeof *in);
        return in ? MHD_YES : MHD_NO;
    }
    if (*len) {
        bool kept = keep(in, data, *len);
        *len = 0;
        return kept ? MHD_YES : MHD_NO;
    }
    exchange *x = &in->x;
    x->pool = server->pool;
    x->path = path;
    x->method = method;
    x->body = in->body ? in->body : "";
    x->tag = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "tag");
    x->page = number(
        MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "page"), 1);
    x->user =
        number(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-User"), 0);
    if (in->too_large)
        x->status = 413;
    else
        routes_answer(x);
    return send_answer(connection, x);
}

static void on_end(void *ctx, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode how)
{
    incoming *in = *state;
    (void)ctx;
    (void)connection;
    (void)how;
    if (!in)
        return;
    vg_arena_free(&in->x.arena);
    free(in->body);
    free(in);
    *state = NULL;
}

http_server *http_open(vg_pool *pool, int port, int threads)
{
    http_server *server = calloc(1, sizeof *server);
    if (!server)
        return NULL;
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)port),
                               .sin_addr = {htonl(INADDR_LOOPBACK)}};
    server->pool = pool;
    server->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_USE_ERROR_LOG, 0, NULL,
        NULL, on_request, server, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)threads, MHD_OPTION_CONNECTION_TIMEOUT,
        10u, MHD_OPTION_NOTIFY_COMPLETED, on_end, server, MHD_OPTION_END);
    if (server->daemon)
        return server;
    free(server);
    return NULL;
}

int http_port(const http_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void http_close(http_server *server)
{
    if (!server)
        return;
    MHD_stop_daemon(server->daemon);
    free(server);
}
