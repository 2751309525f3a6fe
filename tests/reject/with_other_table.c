/* WITH of a relation of another table.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH(people, reviews)); /* expect-gcc: has no member named 'reviews' */ /* expect-clang: no member named 'reviews' */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, reviews));
#endif
}
