/* RELATION_WHERE with what is no predicate.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
#include "related.h"

#ifndef GOOD
RELATION_WHERE(books, reviews, reviews.book_id) /* expect-gcc: vg_takes_a_predicate */ /* expect-clang: vg_predicate */
#else
RELATION_WHERE(books, reviews, GT(reviews.book_id, 0))
#endif

void reject(void)
{
    rc = 0;
}
