/* vg_all of a projection into the table's list.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(card), FROM(posts)); /* expect: vg_all: the result */
#else
    rc = vg_all(db, arena, &cards, SELECT(card), FROM(posts));
#endif
}
