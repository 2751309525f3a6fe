/* RELATION_WHERE of an alias, which has its relations of a table.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

ALIAS(tome, books)

#ifndef GOOD
RELATION_WHERE(tome, reviews, EQ(reviews.id, 3)) /* expect: RELATION_WHERE(tome, reviews, ...): tome is an alias */
#else
RELATION_WHERE(books, reviews, EQ(reviews.id, 3))
#endif

void reject(void)
{
    rc = 0;
}
