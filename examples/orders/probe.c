/* The probe; probe.h says what. SPDX-License-Identifier: MIT */
#include "probe.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Connect to where the service listens; "any address" is reached at this machine's own. */
static int connect_to(const settings *s)
{
    const char *host = strcmp(s->host, "0.0.0.0") == 0 ? "127.0.0.1"
                       : strcmp(s->host, "::") == 0    ? "::1"
                                                       : s->host;
    char port[8];
    const struct addrinfo want = {.ai_socktype = SOCK_STREAM,
                                  .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    const struct timeval limit = {.tv_sec = 3};
    struct addrinfo *where;
    snprintf(port, sizeof port, "%d", (int)s->port);
    if (getaddrinfo(host, port, &want, &where))
        return -1;
    int fd = socket(where->ai_family, where->ai_socktype, where->ai_protocol);
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (connect(fd, where->ai_addr, where->ai_addrlen)) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(where);
    return fd;
}

bool probe_health(const settings *s)
{
    static const char ask[] = "GET /health HTTP/1.1\r\nHost: localhost\r\n"
                              "Connection: close\r\n\r\n";
    static const char well[] = "HTTP/1.1 200 ";
    char answer[sizeof well];
    size_t len = 0;
    int fd = connect_to(s);
    if (fd < 0)
        return false;
    ssize_t n = send(fd, ask, sizeof ask - 1, MSG_NOSIGNAL);
    while (n > 0 && len < sizeof well - 1) {
        n = recv(fd, answer + len, sizeof well - 1 - len, 0);
        len += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    return len == sizeof well - 1 && memcmp(answer, well, len) == 0;
}
