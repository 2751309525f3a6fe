/* A server of the test between Virga and the real one: it drops connections in the middle
 * of what the server sends, or takes connections and never says a word. */
#pragma once
#include "pg.h"
#include <pthread.h>
#include <stdatomic.h>

typedef struct pg_proxy {
    char url[PG_URL]; /* of the database, by way of it */
    int listener;
    int server_port;
    pthread_t thread;
    atomic_bool stop;
    atomic_long drop_after; /* bytes from the server from here on; below 0: never */
} pg_proxy;

/* To the server of `url`. */
void pg_proxy_start(pg_proxy *p, const char *url);
void pg_proxy_stop(pg_proxy *p);

/* A listener that never answers: its URL. Close the descriptor that is returned. */
int pg_mute(char url[PG_URL], const char *like);
