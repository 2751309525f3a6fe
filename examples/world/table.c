/* Tables on a terminal; see table.h.
 *
 * SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "table.h"

#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { MAX_CELL = 56 }; /* terminal columns; what is longer ends in an ellipsis */

static bool styled;

void table_setup(void)
{
    /* The data is UTF-8 whatever the user's language, and C.UTF-8 is always there. */
    setlocale(LC_CTYPE, "C.UTF-8");
    styled = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
}

const char *style_bold(void)
{
    return styled ? "\033[1m" : "";
}

const char *style_dim(void)
{
    return styled ? "\033[2m" : "";
}

const char *style_plain(void)
{
    return styled ? "\033[0m" : "";
}

/* The length in bytes of the first character of `text` and the columns it takes. A byte
 * that is no UTF-8 counts as one character. */
static size_t character(const char *text, size_t *width)
{
    wchar_t wide;
    mbstate_t state = {0};
    size_t len = mbrtowc(&wide, text, strlen(text), &state);
    if (len == 0 || len == (size_t)-1 || len == (size_t)-2) {
        *width = 1;
        return 1;
    }
    int columns = wcwidth(wide);
    *width = columns < 0 ? 0 : (size_t)columns;
    return len;
}

size_t table_width(const char *text)
{
    size_t total = 0, width;
    while (*text) {
        text += character(text, &width);
        total += width;
    }
    return total;
}

/* A copy of at most MAX_CELL columns; NULL when there is no memory. */
static char *cell_copy(const char *text)
{
    static const char ellipsis[] = "…";
    size_t bytes = strlen(text);
    bool cut = table_width(text) > MAX_CELL;
    if (cut) {
        size_t total = 0, width = 0, at = 0;
        for (;; at += character(text + at, &width), total += width) {
            size_t next;
            character(text + at, &next);
            if (total + next > MAX_CELL - 1)
                break;
        }
        bytes = at;
    }
    char *copy = malloc(bytes + sizeof ellipsis);
    if (copy) {
        memcpy(copy, text, bytes);
        memcpy(copy + bytes, cut ? ellipsis : "", cut ? sizeof ellipsis : 1);
    }
    return copy;
}

table table_start(const char *title, ...)
{
    table t = {0};
    va_list titles;
    va_start(titles, title);
    for (; title && t.columns < TABLE_MAX_COLUMNS;
         title = va_arg(titles, const char *)) {
        t.to_the_right[t.columns] = *title == '#';
        t.titles[t.columns++] = title + (*title == '#');
    }
    va_end(titles);
    return t;
}

void table_text(table *t, const char *text)
{
    if (t->count == t->room) {
        size_t room = t->room ? t->room * 2 : 64;
        char **cells = realloc(t->cells, room * sizeof *cells);
        if (!cells) {
            t->failed = true;
            return;
        }
        t->cells = cells;
        t->room = room;
    }
    char *copy = cell_copy(text ? text : "–");
    if (copy)
        t->cells[t->count++] = copy;
    else
        t->failed = true;
}

void table_int(table *t, int64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, number);
    table_text(t, text);
}

void table_real(table *t, double number)
{
    char text[64];
    snprintf(text, sizeof text, "%.1f", number);
    table_text(t, text);
}

static void pad(size_t columns)
{
    printf("%*s", (int)columns, "");
}

static void print_cell(const table *t, size_t column, const char *text, size_t width)
{
    size_t rest = width - table_width(text);
    bool last = column + 1 == t->columns;
    if (t->to_the_right[column])
        pad(rest);
    fputs(text, stdout);
    if (!t->to_the_right[column] && !last)
        pad(rest);
    fputs(last ? "\n" : "  ", stdout);
}

void table_print(table *t)
{
    size_t widths[TABLE_MAX_COLUMNS] = {0};
    size_t rows = t->columns ? t->count / t->columns : 0;

    for (size_t c = 0; c < t->columns; c++) {
        widths[c] = table_width(t->titles[c]);
        for (size_t r = 0; r < rows; r++) {
            size_t width = table_width(t->cells[r * t->columns + c]);
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    printf("\n  %s", style_bold());
    for (size_t c = 0; c < t->columns; c++)
        print_cell(t, c, t->titles[c], widths[c]);
    printf("%s  ", style_plain());
    for (size_t c = 0; c < t->columns; c++) {
        for (size_t i = 0; i < widths[c]; i++)
            fputs("─", stdout);
        fputs(c + 1 == t->columns ? "\n" : "  ", stdout);
    }
    for (size_t r = 0; r < rows; r++) {
        fputs("  ", stdout);
        for (size_t c = 0; c < t->columns; c++)
            print_cell(t, c, t->cells[r * t->columns + c], widths[c]);
    }
    if (!rows)
        puts("  (no rows)");
    if (t->failed)
        puts("  (out of memory: rows are missing)");

    for (size_t i = 0; i < t->count; i++)
        free(t->cells[i]);
    free(t->cells);
    *t = (table){0};
}
