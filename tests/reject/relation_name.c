/* A relation that is named like a column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 28 */
#include "related.h"

#ifndef GOOD
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(id, books, id)) /* expect: duplicate member */
#else
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, id))
#endif

void reject(void)
{
    rc = 0;
}
