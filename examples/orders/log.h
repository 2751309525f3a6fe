/* Structured log lines: one JSON object a line, made on the stack, written by one write().
 *
 *     log_line line;
 *     log_begin(&line, log, LEVEL_INFO, "request");
 *     log_text(&line, "method", "GET");
 *     log_number(&line, "status", 200);
 *     log_end(&line);
 *
 * What does not fit is left out, so that each line is whole JSON. Any thread.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_LOG_H
#define ORDERS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR } log_level;

typedef struct logger {
    int fd;          /* where the lines go; 2 is the standard error */
    log_level least; /* what is below it is not written */
} logger;

typedef struct log_line {
    const logger *log; /* NULL: this line is below the level */
    size_t len;
    char text[4096];
} log_line;

/* "debug", "info", "warn", "error"; false for another word. */
bool log_level_parse(const char *text, log_level *out);

void log_begin(log_line *line, const logger *log, log_level level, const char *event);
/* Add a member. `key` is the program's own; `value` may be anything, NULL is null. */
void log_text(log_line *line, const char *key, const char *value);
void log_number(log_line *line, const char *key, int64_t value);
void log_end(log_line *line);

/* A line with one text, for what needs no more. */
void log_message(const logger *log, log_level level, const char *event,
                 const char *message);

#endif
