/* HTTP in and out, by libmicrohttpd: http.c receives a request and sends an answer, routes.c
 * makes the one of the other. SPDX-License-Identifier: MIT */
#ifndef BLOG_HTTP_H
#define BLOG_HTTP_H

#include "blog.h"

#include <virga/to_json.h>
#include <virga/validate.h>

enum { BODY_MAX = 64 << 10 }; /* bytes */

/* A request and its answer. */
typedef struct exchange {
    vg_pool *pool;
    vg_arena arena; /* lives until the answer is sent */
    const char *method, *path;
    const char *tag;  /* ?tag=; NULL: none */
    int64_t page;     /* ?page=; 1 */
    int64_t user;     /* the header X-User; 0: nobody */
    const char *slug; /* of the path; NULL: none */
    const char *body; /* not ended by NUL */
    size_t body_len;

    int status;         /* of HTTP; 0 becomes 200 */
    vg_json_writer out; /* the answer, in the arena */
} exchange;

/* Answer a request. Whatever goes wrong becomes a status and a problem document. */
void routes_answer(exchange *x);

typedef struct http_server http_server;

/* Listen on 127.0.0.1; port 0: any. NULL: it could not. */
http_server *http_open(vg_pool *pool, int port, int threads);
int http_port(const http_server *server);
void http_close(http_server *server);

#endif
