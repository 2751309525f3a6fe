/* Structured log lines: one JSON object a line, made on the stack, written by one write().
 *
 *     log_line line;
 *     log_begin(&line, log, LEVEL_INFO, "request");
 *     log_text(&line, "method", "GET");
 *     log_number(&line, "status", 200);
 *     log_end(&line);
 *
 * What does not fit is left out, so that each line is whole JSON. A log that nobody reads any
 * more, a pipe that is full, does not stop the service: lines are left out, and the next one
 * that goes through says how many. Any thread.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_LOG_H
#define ORDERS_LOG_H

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR } log_level;

/* Where lines go. Begin with LOGGER(2, LEVEL_INFO), 2 being the standard error. */
typedef struct logger {
    int fd;
    log_level least;  /* what is below it is not written */
    int64_t left_out; /* lines since the last one that was written */
    pthread_mutex_t lock;
} logger;
#define LOGGER(fd_, least_)                                               \
    {                                                                     \
        .fd = (fd_), .least = (least_), .lock = PTHREAD_MUTEX_INITIALIZER \
    }

typedef struct log_line {
    logger *log; /* NULL: this line is below the level */
    size_t len;
    char text[PIPE_BUF]; /* so much is written to a pipe at once or not at all */
} log_line;

/* "debug", "info", "warn", "error"; false for another word. */
bool log_level_parse(const char *text, log_level *out);

void log_begin(log_line *line, logger *log, log_level level, const char *event);
/* Add a member. `key` is the program's own; `value` may be anything, NULL is null. */
void log_text(log_line *line, const char *key, const char *value);
void log_number(log_line *line, const char *key, int64_t value);
void log_end(log_line *line);

/* A line with one text, for what needs no more. */
void log_message(logger *log, log_level level, const char *event, const char *message);

#endif
