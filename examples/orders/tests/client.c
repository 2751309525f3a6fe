/* The client; client.h says what. SPDX-License-Identifier: MIT */
#include "client.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int client_connect(int port)
{
    const struct timeval limit = {.tv_sec = 10};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

bool client_send(int fd, const char *text, size_t len)
{
    while (len) {
        ssize_t n = send(fd, text, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        text += n;
        len -= (size_t)n;
    }
    return true;
}

static bool receive_more(int fd, char *buffer, size_t room, size_t *len)
{
    ssize_t n = *len < room - 1 ? recv(fd, buffer + *len, room - 1 - *len, 0) : 0;
    if (n <= 0)
        return false;
    *len += (size_t)n;
    buffer[*len] = '\0';
    return true;
}

static bool receive(int fd, bool has_body, answer *out)
{
    size_t len = 0, got;
    char length[128];
    char *end;
    memset(out, 0, sizeof *out);
    while (!(end = strstr(out->head, "\r\n\r\n")))
        if (!receive_more(fd, out->head, sizeof out->head, &len))
            return false;
    end += 4;
    got = len - (size_t)(end - out->head);
    memcpy(out->body, end, got);
    *end = '\0';
    out->status = atoi(out->head + sizeof "HTTP/1.1");
    size_t want = (size_t)atol(answer_header(out, "Content-Length", length));
    while (has_body && got < want)
        if (!receive_more(fd, out->body, sizeof out->body, &got))
            return false;
    return true;
}

bool client_receive(int fd, answer *out)
{
    return receive(fd, true, out);
}

bool client_ask(int fd, const char *method, const char *path, const char *headers,
                const char *body, answer *out)
{
    char text[8192];
    int len = snprintf(
        text, sizeof text,
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%sContent-Length: %zu\r\n"
        "\r\n%s",
        method, path, headers, body ? "Content-Type: application/json\r\n" : "",
        body ? strlen(body) : 0, body ? body : "");
    return len > 0 && (size_t)len < sizeof text && client_send(fd, text, (size_t)len) &&
           receive(fd, strcmp(method, "HEAD") != 0, out);
}

const char *answer_header(const answer *a, const char *name, char out[128])
{
    size_t len = strlen(name);
    out[0] = '\0';
    for (const char *line = a->head; (line = strstr(line, "\r\n")) != NULL;) {
        line += 2;
        if (strncasecmp(line, name, len) == 0 && line[len] == ':')
            snprintf(out, 128, "%.*s", (int)strcspn(line + len + 2, "\r"),
                     line + len + 2);
    }
    return out;
}
