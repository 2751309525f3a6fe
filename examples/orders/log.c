/* Log lines; log.h says how. SPDX-License-Identifier: MIT */
#include "log.h"

#include <virga/types.h>

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const levels[] = {"debug", "info", "warn", "error"};

enum {
    END_ROOM = 48,    /* ,"lines_left_out":9223372036854775807}\n */
    ESCAPE_MAX = 6,   /* \u001b */
    PATIENCE_MS = 100 /* with a log that is full, once */
};

bool log_level_parse(const char *text, log_level *out)
{
    for (int i = LEVEL_DEBUG; i <= LEVEL_ERROR; i++)
        if (strcmp(text, levels[i]) == 0) {
            *out = (log_level)i;
            return true;
        }
    return false;
}

static size_t room(const log_line *line)
{
    return sizeof line->text - END_ROOM - line->len;
}

/* `"key":`, if that, the value and its quotes may fit at all. */
static bool member(log_line *line, const char *key)
{
    size_t len = strlen(key);
    if (!line->log || room(line) < len + 32)
        return false;
    line->text[line->len] = line->len == 0 ? '{' : ',';
    line->text[line->len + 1] = '"';
    line->len += 2;
    memcpy(line->text + line->len, key, len);
    line->len += len;
    line->text[line->len++] = '"';
    line->text[line->len++] = ':';
    return true;
}

/* A byte as JSON has it. What is not printable ASCII becomes \u00xx: nobody can write a
 * line of their own, or a terminal's commands, into the log. */
static void put_escaped(log_line *line, unsigned char c)
{
    if (c == '"' || c == '\\')
        line->text[line->len++] = '\\';
    if (c >= 0x20 && c < 0x7f)
        line->text[line->len++] = (char)c;
    else
        line->len += (size_t)snprintf(line->text + line->len, ESCAPE_MAX + 1, "\\u%04x",
                                      (unsigned)c);
}

void log_text(log_line *line, const char *key, const char *value)
{
    if (!member(line, key))
        return;
    if (!value) {
        memcpy(line->text + line->len, "null", 4);
        line->len += 4;
        return;
    }
    line->text[line->len++] = '"';
    for (; *value && room(line) > ESCAPE_MAX + 1; value++)
        put_escaped(line, (unsigned char)*value);
    line->text[line->len++] = '"';
}

void log_number(log_line *line, const char *key, int64_t value)
{
    if (member(line, key))
        line->len += (size_t)snprintf(line->text + line->len, 24, "%" PRId64, value);
}

void log_begin(log_line *line, logger *log, log_level level, const char *event)
{
    char now[VG_TIMESTAMP_ROOM];
    line->log = level >= log->least ? log : NULL;
    line->len = 0;
    log_text(line, "time", vg_timestamp_format(vg_now(), now));
    log_text(line, "level", levels[level]);
    log_text(line, "event", event);
}

/* Whether a line can be written without waiting for who reads the log. */
static bool is_ready(const logger *log)
{
    struct pollfd out = {.fd = log->fd, .events = POLLOUT};
    return poll(&out, 1, log->left_out ? 0 : PATIENCE_MS) > 0;
}

void log_end(log_line *line)
{
    logger *log = line->log;
    if (!log)
        return;
    pthread_mutex_lock(&log->lock);
    if (is_ready(log)) {
        if (log->left_out)
            line->len +=
                (size_t)snprintf(line->text + line->len, END_ROOM,
                                 ",\"lines_left_out\":%" PRId64, log->left_out);
        line->text[line->len++] = '}';
        line->text[line->len++] = '\n';
        /* A log that cannot be written is nothing that a request should fail for. */
        ssize_t written = write(log->fd, line->text, line->len);
        (void)written;
        log->left_out = 0;
    } else {
        log->left_out++;
    }
    pthread_mutex_unlock(&log->lock);
}

void log_message(logger *log, log_level level, const char *event, const char *message)
{
    log_line line;
    log_begin(&line, log, level, event);
    log_text(&line, "message", message);
    log_end(&line);
}
