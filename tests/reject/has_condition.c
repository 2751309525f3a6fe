/* HAS with a value for a condition.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WHERE(HAS(books, author, 5))); /* expect-gcc: incompatible type for argument 1 of 'vg_takes_a_predicate' */ /* expect-clang: to parameter of incompatible type 'vg_predicate' */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WHERE(HAS(books, author, EQ(people.id, 5))));
#endif
}
