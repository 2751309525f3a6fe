/* Pieces of SQLite's SQL compared, token by token. */
#pragma once
#include "migrate/lexer.h"

/* Begin to read `sql`. */
void vgk_sqlite_read(vg_lexer *lexer, const char *sql);
/* Does `sql` name `name` anywhere, in quotes or not and in any case; texts aside. */
bool vgk_mentions(const char *sql, const char *name);

/* How two texts are compared beyond blanks, comments, the case of words and the quotes of
 * names, which never matter. */
enum {
    VGK_SAME_PARENS = 1,  /* parentheses around all of it do not */
    VGK_SAME_STRINGS = 2, /* 'x' is "x": arguments of a virtual table */
    VGK_SAME_ASC = 4,     /* ASC at the end does not: a term of an index */
    VGK_SAME_NUMBERS = 8  /* 0.10 is 0.1, true is 1 */
};

/* Whether two pieces of SQL say the same. The name of `table` (NULL: none) before a column
 * may be left out. Either may be NULL, which is the same as NULL only. */
bool vgk_sqlite_same(const char *a, const char *b, const char *table, unsigned how);
