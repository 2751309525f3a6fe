/* A relation by a column that the table has not.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 40 */
#include "related.h"

#ifndef GOOD
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, bookid)) /* expect-gcc: has no member named 'bookid' */ /* expect-clang: no member named 'bookid' */
#else
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, id))
#endif

void reject(void)
{
    rc = 0;
}
