/* RELATION_WHERE of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

#ifndef GOOD
RELATION_WHERE(books, title, EQ(reviews.id, 3)) /* expect: RELATION_WHERE(books, title, ...): that is a column, no relation */
#else
RELATION_WHERE(books, reviews, EQ(reviews.id, 3))
#endif

void reject(void)
{
    rc = 0;
}
