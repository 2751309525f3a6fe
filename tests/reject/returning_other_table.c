/* RETURNING rows that the result does not hold.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_one(db, arena, &post, DELETE_FROM(users), RETURNING(users)); /* expect: vg_one: the */
#else
    rc = vg_one(db, arena, &user, DELETE_FROM(users), RETURNING(users));
#endif
}
