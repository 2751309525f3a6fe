/* WITH_EXTRA of another type than the EXTRA.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH_EXTRA(books, review_count, books.title)); /* expect: WITH_EXTRA(books, review_count, books.title): the EXTRA has another type */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH_EXTRA(books, review_count, books.id));
#endif
}
