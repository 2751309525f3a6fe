/* The HTTP side: a libmicrohttpd daemon with a fixed number of threads, what it lets in and
 * for how long. routes.c answers. SPDX-License-Identifier: MIT */
#ifndef ORDERS_HTTP_H
#define ORDERS_HTTP_H

#include "service.h"
#include "settings.h"
#include "wire.h"

#include <stdatomic.h>

typedef struct http_server http_server;

/* Start to listen. What is passed is borrowed until http_close. NULL: it could not, and the
 * log says why. */
http_server *http_open(const settings *s, const service *with, logger *log);

/* The port, of use when the settings said 0. */
int http_port(const http_server *server);

/* Close the clients that have taken longer than settings.request_seconds to send a request
 * or to take its answer. Call it about once a second. */
void http_close_slow(http_server *server);

/* Take no new clients, answer /health with 503, and end kept connections after their next
 * answer. */
void http_quiesce(http_server *server);

/* How many requests are being received, answered or sent. */
int http_in_flight(const http_server *server);

/* Stop and free; what is still in flight is cut off. NULL is ignored. */
void http_close(http_server *server);

/* ---- between http.c and routes.c ---- */

struct MHD_Connection;

/* A request that has been received, on its way through. */
typedef struct request {
    const settings *settings;
    const service *service;
    const char *method, *path;
    bool stopping;               /* the server is about to end */
    struct MHD_Connection *from; /* for request_argument and request_header */
    const char *body;
    size_t body_len;
    int64_t id; /* the number in the path */
    vg_arena arena;
    faults faults;
} request;

/* What is sent back. */
typedef struct reply {
    int status;
    vg_json_writer body; /* written into the request's arena */
    bool has_body;
    char location[48]; /* "": none */
    const char *allow; /* of a 405; NULL: none */
    bool repeated;     /* the key was used before: Idempotent-Replayed */
} reply;

/* The text of an argument (?name=text) or a header; NULL if it is not there. */
const char *request_argument(const request *r, const char *name);
const char *request_header(const request *r, const char *name);

/* Answer a request. */
void routes_answer(request *r, reply *out);

/* A writer for the body of an answer, which begins anew. */
vg_json_writer *reply_begin(request *r, reply *out, int status);

/* Make `out` an error with the standard title of its status. */
void reply_problem(request *r, reply *out, int status, const char *detail,
                   const faults *f);

#endif
