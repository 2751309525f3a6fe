/* WITH with an expression where a clause belongs.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, author, EQ(people.id, 1))); /* expect-gcc: incompatible type for argument 1 of 'vg_takes_a_clause' */ /* expect-clang: to parameter of incompatible type 'vg_clause' */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, author, WHERE(EQ(people.id, 1))));
#endif
}
