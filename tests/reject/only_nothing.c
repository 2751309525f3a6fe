/* ONLY of no column.
 *
 * SPDX-License-Identifier: MIT */
/* Proves: R008. */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), ONLY()); /* expect: ONLY: name a column at least */
#else
    rc = vg_all(db, arena, &list, SELECT(books), ONLY(books.id));
#endif
}
