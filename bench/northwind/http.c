/* libh2o reads requests and writes answers; here is what lies between: which route, what is
 * asked of it, and the list of requests that wait. */
#include "http.h"
#include "../data.h"

#include <arpa/inet.h>
#include <h2o.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_BYTES = 8 << 10, IDLE_MS = 60000 };

static struct {
    h2o_globalconf_t config;
    h2o_context_t context;
    h2o_accept_ctx_t accepts;
    h2o_socket_t *listener;
    h2o_socket_t *waker;
    int wake;                 /* what http_end writes to */
    h2o_timeout_entry_t turn; /* linked: requests wait for the end of this turn */
    http_answer_fn *answer;
    void *ctx;
    struct asked asked[HTTP_TOGETHER];
    size_t count;
    bool ends;
} http;

/* --- what is asked --- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= ' ';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* An argument of the query, its escapes undone; false: it is not there, or too long. */
static bool argument(const h2o_req_t *from, const char *name, char *room, size_t size)
{
    const char *at, *end = from->path.base + from->path.len;
    size_t name_len = strlen(name), len = 0;
    if (from->query_at == SIZE_MAX)
        return false;
    for (at = from->path.base + from->query_at + 1;; at++) {
        if ((size_t)(end - at) > name_len && memcmp(at, name, name_len) == 0 &&
            at[name_len] == '=')
            break;
        at = memchr(at, '&', (size_t)(end - at));
        if (!at)
            return false;
    }
    for (at += name_len + 1; at < end && *at != '&'; at++) {
        if (len + 1 == size)
            return false;
        room[len] = *at == '+' ? ' ' : *at;
        if (*at == '%' && end - at > 2 && hex(at[1]) >= 0 && hex(at[2]) >= 0) {
            room[len] = (char)(hex(at[1]) << 4 | hex(at[2]));
            at += 2;
        }
        len++;
    }
    room[len] = '\0';
    return true;
}

static bool number(const h2o_req_t *from, const char *name, int64_t *n)
{
    char digits[20];
    return argument(from, name, digits, sizeof digits) && whole_number(digits, n);
}

static bool read_question(enum route route, struct question *q, const h2o_req_t *from)
{
    char term[sizeof q->pattern];
    switch (routes[route].asks) {
    case ASKS_ID: return number(from, "id", &q->id);
    case ASKS_PAGE:
        return number(from, "limit", &q->limit) && number(from, "offset", &q->offset);
    case ASKS_TERM: break;
    }
    if (!argument(from, "term", term, sizeof term))
        return false;
    question_term(q, term);
    return true;
}

/* --- requests --- */

static void answer_all(void)
{
    size_t count = http.count;
    http.count = 0;
    http.answer(http.ctx, http.asked, count);
}

/* The end of a turn: what the sockets had has been read. */
static void end_turn(h2o_timeout_entry_t *turn)
{
    (void)turn;
    if (http.count)
        answer_all();
}

static void send_json(h2o_req_t *to, int status, const char *reason, const char *json,
                      size_t len)
{
    to->res.status = status;
    to->res.reason = reason;
    to->res.content_length = len;
    h2o_add_header(&to->pool, &to->res.headers, H2O_TOKEN_CONTENT_TYPE, NULL,
                   H2O_STRLIT("application/json"));
    h2o_send_inline(to, json, len);
}

void http_answer(const struct asked *asked, const char *json, size_t len)
{
    if (json)
        send_json(asked->request, 200, "OK", json, len);
    else
        send_json(asked->request, 500, "Internal Server Error", H2O_STRLIT("null"));
}

/* Called by libh2o with a whole request. Nothing more is read from its connection until it
 * has its answer, so a request that waits does not go away. */
static int on_request(h2o_handler_t *self, h2o_req_t *request)
{
    (void)self;
    struct asked *asked = &http.asked[http.count];
    h2o_iovec_t path = request->path_normalized;
    if (!h2o_memis(request->method.base, request->method.len, H2O_STRLIT("GET"))) {
        send_json(request, 405, "Method Not Allowed", H2O_STRLIT("null"));
        return 0;
    }
    *asked = (struct asked){.route = route_of(path.base, path.len), .request = request};
    if (asked->route == ROUTE_COUNT) {
        send_json(request, 404, "Not Found", H2O_STRLIT("null"));
    } else if (!read_question(asked->route, &asked->question, request)) {
        send_json(request, 400, "Bad Request", H2O_STRLIT("null"));
    } else if (++http.count == HTTP_TOGETHER) {
        answer_all();
    } else if (!h2o_timeout_is_linked(&http.turn)) {
        h2o_timeout_link(http.context.loop, &http.context.zero_timeout, &http.turn);
    }
    return 0;
}

/* --- the loop --- */

static void on_accept(h2o_socket_t *listener, const char *error)
{
    h2o_socket_t *connection = error ? NULL : h2o_evloop_socket_accept(listener);
    if (connection)
        h2o_accept(&http.accepts, connection);
}

static void on_wake(h2o_socket_t *waker, const char *error)
{
    (void)waker, (void)error;
    http.ends = true;
}

int http_listen(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(*port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    struct sockaddr *any = (struct sockaddr *)&address;
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 &&
        (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) ||
         setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) ||
         bind(fd, any, len) || listen(fd, SOMAXCONN) || getsockname(fd, any, &len))) {
        close(fd);
        fd = -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

static void configure(void)
{
    h2o_globalconf_t *config = &http.config;
    h2o_config_init(config);
    config->max_request_entity_size = REQUEST_BYTES;
    config->http1.req_timeout = IDLE_MS;
    config->http1.upgrade_to_http2 = 0; /* on_request's word holds for HTTP/1 */
    h2o_hostconf_t *host =
        h2o_config_register_host(config, h2o_iovec_init(H2O_STRLIT("default")), 65535);
    h2o_handler_t *handler =
        h2o_create_handler(h2o_config_register_path(host, "/", 0), sizeof *handler);
    handler->on_req = on_request;
}

static h2o_socket_t *watch(int fd, h2o_socket_cb on_readable)
{
    h2o_socket_t *socket =
        h2o_evloop_socket_create(http.context.loop, fd, H2O_SOCKET_FLAG_DONT_READ);
    h2o_socket_read_start(socket, on_readable);
    return socket;
}

void http_open(int listener, http_answer_fn *answer, void *ctx)
{
    http.answer = answer;
    http.ctx = ctx;
    http.turn.cb = end_turn;
    configure();
    h2o_context_init(&http.context, h2o_evloop_create(), &http.config);
    http.accepts = (h2o_accept_ctx_t){.ctx = &http.context, .hosts = http.config.hosts};
    http.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (http.wake < 0)
        die("no eventfd");
    http.waker = watch(http.wake, on_wake);
    http.listener = watch(listener, on_accept);
}

void http_run(void)
{
    while (!http.ends && h2o_evloop_run(http.context.loop, INT32_MAX) == 0)
        ;
}

void http_end(void)
{
    uint64_t one = 1;
    ssize_t written = write(http.wake, &one, sizeof one);
    (void)written; /* it fails when there is one already */
}

void http_close(void)
{
    h2o_loop_t *loop = http.context.loop;
    h2o_socket_close(http.listener);
    h2o_socket_close(http.waker);
    h2o_evloop_run(loop, 0); /* closed sockets are freed in it */
    h2o_context_dispose(&http.context);
    h2o_config_dispose(&http.config);
    h2o_evloop_destroy(loop);
}
