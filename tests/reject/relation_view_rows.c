/* A relation to a view, with the name of other rows than it has.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 40 */
#include "related.h"

#ifndef GOOD
TABLE(shelves, COLUMN(id, INTEGER, PRIMARY_KEY), MANY(old, IN_VIEW(old_books, people), id, id))
VIEW(old_books, books, SELECT(books)) /* expect-gcc: conflicting types for 'old_books' */ /* expect-clang: redeclaration of 'old_books' with a different type */
#else
TABLE(shelves, COLUMN(id, INTEGER, PRIMARY_KEY), MANY(old, IN_VIEW(old_books, books), id, id))
VIEW(old_books, books, SELECT(books))
#endif

void reject(void)
{
    rc = 0;
}
