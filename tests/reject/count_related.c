/* COUNT_RELATED of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), ORDER_BY(COUNT_RELATED(books, title))); /* expect: COUNT_RELATED(books, title): that is a column, no relation */
#else
    rc = vg_all(db, arena, &list, SELECT(books), ORDER_BY(COUNT_RELATED(books, reviews)));
#endif
}
