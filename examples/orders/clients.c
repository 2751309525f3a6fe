/* Clients; clients.h says why. SPDX-License-Identifier: MIT */
#include "clients.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

int64_t clock_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

client *clients_add(clients *all, int fd)
{
    client *one = calloc(1, sizeof *one);
    if (!one)
        return NULL;
    one->fd = fd;
    client_touch(one);
    pthread_mutex_lock(&all->lock);
    one->next = all->first;
    one->at = &all->first;
    if (one->next)
        one->next->at = &one->next;
    all->first = one;
    pthread_mutex_unlock(&all->lock);
    return one;
}

void clients_remove(clients *all, client *one)
{
    if (!one)
        return;
    pthread_mutex_lock(&all->lock);
    *one->at = one->next;
    if (one->next)
        one->next->at = one->at;
    pthread_mutex_unlock(&all->lock);
    free(one);
}

void client_touch(client *one)
{
    if (one)
        atomic_store_explicit(&one->since, clock_ns(), memory_order_relaxed);
}

/* The socket is only shut down; it is closed by the thread that serves it, which takes the
 * client off the list first. So the number is still that socket's while we hold the lock. */
int clients_close_slow(clients *all, int64_t ns)
{
    int closed = 0;
    int64_t now = clock_ns();
    pthread_mutex_lock(&all->lock);
    for (client *one = all->first; one; one = one->next)
        if (now - atomic_load_explicit(&one->since, memory_order_relaxed) > ns) {
            client_touch(one); /* not each second again */
            closed += shutdown(one->fd, SHUT_RDWR) == 0;
        }
    pthread_mutex_unlock(&all->lock);
    return closed;
}
