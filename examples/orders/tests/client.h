/* A small HTTP client for the tests, on plain sockets, so that it can also be slow, rude and
 * wrong. SPDX-License-Identifier: MIT */
#ifndef ORDERS_CLIENT_H
#define ORDERS_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct answer {
    int status;
    char head[4096];  /* the status line and the headers */
    char body[65536]; /* ends in a NUL */
} answer;

/* A connection to 127.0.0.1; -1: none. It gives up waiting after ten seconds. */
int client_connect(int port);

/* Send as much of `text` as goes; read one answer. False: the connection has ended. */
bool client_send(int fd, const char *text, size_t len);
bool client_receive(int fd, answer *out);

/* Ask and read the answer. `headers` are lines that end in \r\n, or ""; `body` NULL: none. */
bool client_ask(int fd, const char *method, const char *path, const char *headers,
                const char *body, answer *out);

/* The value of a header, up to the end of its line; "" if there is none. */
const char *answer_header(const answer *a, const char *name, char out[128]);

#endif
