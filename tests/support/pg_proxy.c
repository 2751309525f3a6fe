/* The proxy of pg_proxy.h: all connections in one thread. */
#include "pg_proxy.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_PAIRS = 32 };

typedef struct pair {
    int client, server; /* -1: not used */
} pair;

static struct sockaddr_in address(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* A listener on a free port, which stands in `url` instead of that in `like`. */
static int listen_like(char url[PG_URL], const char *like)
{
    struct sockaddr_in at = address(0);
    socklen_t len = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, 64), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
    const char *host = strchr(like, '@') + 1;
    const char *colon = strchr(host, ':');
    const char *rest = colon + 1 + strspn(colon + 1, "0123456789");
    int n = snprintf(url, PG_URL, "%.*s:%d%s", (int)(colon - like), like,
                     ntohs(at.sin_port), rest);
    assert_true(n < PG_URL);
    return fd;
}

int pg_mute(char url[PG_URL], const char *like)
{
    return listen_like(url, like);
}

static void drop(pair *p)
{
    if (p->client >= 0)
        close(p->client);
    if (p->server >= 0)
        close(p->server);
    *p = (pair){-1, -1};
}

static void join_up(pg_proxy *p, pair *pairs)
{
    struct sockaddr_in at = address(p->server_port);
    int client = accept(p->listener, NULL, NULL);
    for (int i = 0; client >= 0 && i < MAX_PAIRS; i++) {
        if (pairs[i].client >= 0)
            continue;
        int server = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(server, (struct sockaddr *)&at, sizeof at) == 0) {
            pairs[i] = (pair){client, server};
            return;
        }
        close(server);
        break;
    }
    if (client >= 0)
        close(client);
}

/* False: at an end. */
static bool forward(int from, int to, atomic_long *left)
{
    char bytes[4096];
    ssize_t n = read(from, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    if (left && atomic_load(left) >= 0 && atomic_fetch_sub(left, n) < n) {
        atomic_store(left, -1); /* once */
        return false;
    }
    for (ssize_t sent = 0; sent < n;) {
        ssize_t k = send(to, bytes + sent, (size_t)(n - sent), MSG_NOSIGNAL);
        if (k <= 0)
            return false;
        sent += k;
    }
    return true;
}

static void *serve(void *ctx)
{
    pg_proxy *p = ctx;
    pair pairs[MAX_PAIRS];
    for (int i = 0; i < MAX_PAIRS; i++)
        pairs[i] = (pair){-1, -1};
    while (!atomic_load(&p->stop)) {
        struct pollfd fds[1 + 2 * MAX_PAIRS] = {{.fd = p->listener, .events = POLLIN}};
        for (int i = 0; i < MAX_PAIRS; i++) {
            fds[1 + 2 * i] = (struct pollfd){.fd = pairs[i].client, .events = POLLIN};
            fds[2 + 2 * i] = (struct pollfd){.fd = pairs[i].server, .events = POLLIN};
        }
        if (poll(fds, 1 + 2 * MAX_PAIRS, 20) <= 0)
            continue;
        for (int i = 0; i < MAX_PAIRS; i++) {
            bool good = true;
            if (fds[1 + 2 * i].revents)
                good = forward(pairs[i].client, pairs[i].server, NULL);
            if (good && fds[2 + 2 * i].revents)
                good = forward(pairs[i].server, pairs[i].client, &p->drop_after);
            if (!good)
                drop(&pairs[i]);
        }
        if (fds[0].revents)
            join_up(p, pairs);
    }
    for (int i = 0; i < MAX_PAIRS; i++)
        drop(&pairs[i]);
    return NULL;
}

void pg_proxy_start(pg_proxy *p, const char *url)
{
    memset(p, 0, sizeof *p);
    atomic_store(&p->drop_after, -1);
    p->server_port = atoi(strchr(strchr(url, '@'), ':') + 1);
    p->listener = listen_like(p->url, url);
    assert_int_equal(pthread_create(&p->thread, NULL, serve, p), 0);
}

void pg_proxy_stop(pg_proxy *p)
{
    atomic_store(&p->stop, true);
    pthread_join(p->thread, NULL);
    close(p->listener);
}
