/* RELATION_WHERE of an EXTRA.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

#ifndef GOOD
RELATION_WHERE(books, review_count, EQ(reviews.id, 3)) /* expect: RELATION_WHERE(books, review_count, ...): that is an EXTRA, no relation */
#else
RELATION_WHERE(books, reviews, EQ(reviews.id, 3))
#endif

void reject(void)
{
    rc = 0;
}
