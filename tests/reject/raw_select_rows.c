/* RAW_SELECT of another table's rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_one(db, arena, &post, RAW_SELECT(users, "select 1")); /* expect: vg_one: the result */
#else
    rc = vg_one(db, arena, &user, RAW_SELECT(users, "select 1"));
#endif
}
