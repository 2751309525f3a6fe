/* Who is connected, and since when each of them owes or is owed something. A timeout for
 * silence does not stop a client that sends a byte now and then to keep a connection for
 * itself; a deadline for each phase does. SPDX-License-Identifier: MIT */
#ifndef ORDERS_CLIENTS_H
#define ORDERS_CLIENTS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

typedef struct client {
    int fd;
    _Atomic int64_t since; /* when its phase began: connected, sending, answered; ns */
    struct client *next, **at;
} client;

typedef struct clients {
    pthread_mutex_t lock;
    client *first;
} clients;

/* Nanoseconds of a clock that nobody sets. */
int64_t clock_ns(void);

/* A client has come; NULL when memory ends. It has gone; NULL is ignored. */
client *clients_add(clients *all, int fd);
void clients_remove(clients *all, client *one);

/* A new phase begins for a client; NULL is ignored. */
void client_touch(client *one);

/* Hang up on those whose phase is older than `ns`; how many that were. */
int clients_close_slow(clients *all, int64_t ns);

#endif
