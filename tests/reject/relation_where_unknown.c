/* RELATION_WHERE of a relation that the table has not.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
#include "related.h"

#ifndef GOOD
RELATION_WHERE(books, reviewz, EQ(reviews.id, 3)) /* expect-gcc: has no member named 'reviewz' */ /* expect-clang: no member named 'reviewz' */
#else
RELATION_WHERE(books, reviews, EQ(reviews.id, 3))
#endif

void reject(void)
{
    rc = 0;
}
