/* HAS of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WHERE(HAS(books, title))); /* expect: HAS(books, title): that is a column, no relation */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WHERE(HAS(books, author)));
#endif
}
