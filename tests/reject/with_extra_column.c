/* WITH_EXTRA of a column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH_EXTRA(books, title, books.title)); /* expect: WITH_EXTRA(books, title, books.title): that is a column, no EXTRA */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH_EXTRA(books, review_count, books.id));
#endif
}
