/* Rows wanted of RAW, which has none.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, RAW("select 1")); /* expect: the statement yields no rows */
#else
    rc = vg_all(db, arena, &list, RAW_SELECT(users, "select 1"));
#endif
}
