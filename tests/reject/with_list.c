/* A tree into a list of other rows.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(people), WITH(people, books)); /* expect: vg_all: the result does not hold the rows of the statement */
#else
    rc = vg_all(db, arena, &authors, SELECT(people), WITH(people, books));
#endif
}
