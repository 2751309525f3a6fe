/* WITH of a relation that the table has not.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, writer)); /* expect-gcc: has no member named 'writer' */ /* expect-clang: no member named 'writer' */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, author));
#endif
}
