/* Tables on a terminal: cells are collected row by row, then printed with each column
 * as wide as its widest cell. Widths are those of the terminal, not of bytes: "Côte"
 * takes four columns, a Chinese character two. One thread at a time.
 *
 *     table t = table_start("Code", "Name", "#Rows", NULL);    # numbers: to the right
 *     table_text(&t, "CH");
 *     table_text(&t, "Switzerland");
 *     table_int(&t, 26);
 *     table_print(&t);                                         prints and frees
 *
 * SPDX-License-Identifier: MIT */
#ifndef WORLD_TABLE_H
#define WORLD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TABLE_MAX_COLUMNS = 8 };

typedef struct table {
    size_t columns;
    const char *titles[TABLE_MAX_COLUMNS]; /* borrowed */
    bool to_the_right[TABLE_MAX_COLUMNS];
    char **cells; /* row by row; owned */
    size_t count, room;
    bool failed; /* out of memory: cells are missing */
} table;

/* Make the C library take text for UTF-8 and find out whether standard output is a
 * terminal, which gets bold and dim text unless NO_COLOR is set. Once, at the start. */
void table_setup(void);

/* A table with these column titles (up to TABLE_MAX_COLUMNS), ended by NULL. */
table table_start(const char *title, ...);

/* The next cell. A NULL text is shown as a dash. The text is copied. */
void table_text(table *t, const char *text);
void table_int(table *t, int64_t number);
void table_real(table *t, double number);

/* Print to standard output and free. */
void table_print(table *t);

/* The number of terminal columns that `text` (UTF-8) takes. */
size_t table_width(const char *text);

/* Escape codes, or "" when standard output does not understand them. */
const char *style_bold(void);
const char *style_dim(void);
const char *style_plain(void);

#endif
