/* The routes over HTTP/1.1, by libh2o: any number of connections on one thread,
 * which collects what they ask for and has it answered together. */
#ifndef NORTHWIND_HTTP_H
#define NORTHWIND_HTTP_H

#include "routes.h"

struct st_h2o_req_t;

/* A request that waits for its answer. */
struct asked {
    enum route route;
    struct question question;
    struct st_h2o_req_t *request;
};

enum { HTTP_TOGETHER = 64 }; /* requests that are answered at once, at most */

/* Answer all of them, each by http_answer, before returning. */
typedef void http_answer_fn(void *ctx, const struct asked *asked, size_t count);

/* A socket that listens on *port of 127.0.0.1; 0: a free port, which is then in *port. Several
 * may listen on one port: each gets its share of the connections. -1: errno says why not. */
int http_listen(uint16_t *port);

/* The process's event loop, which accepts from `listener` and owns it. Whenever requests have
 * come, `answer` is called with all that are there by then. Ends the program if memory is
 * short. */
void http_open(int listener, http_answer_fn *answer, void *ctx);

/* Let it turn, until http_end. */
void http_run(void);

/* http_run shall return. Any thread; a handler of signals, too. */
void http_end(void);

/* Close its connections. */
void http_close(void);

/* Send JSON, which is copied, with status 200; NULL: 500. */
void http_answer(const struct asked *asked, const char *json, size_t len);

#endif
