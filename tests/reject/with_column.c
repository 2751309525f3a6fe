/* WITH of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, title)); /* expect: WITH(books, title): that is a column, no relation */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, author));
#endif
}
