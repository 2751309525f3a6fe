/* A relation to a table that there is not: seen where it is used.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 40 */
#include "related.h"

#ifndef GOOD
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, bookz, id))
#else
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, id))
#endif

const char *title_of(const struct notes *note);
const char *title_of(const struct notes *note)
{
#ifndef GOOD
    return note->book->title; /* expect-gcc: struct bookz */ /* expect-clang: struct bookz */
#else
    return note->book->title;
#endif
}
