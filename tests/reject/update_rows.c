/* Rows wanted of an UPDATE without RETURNING.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_one(db, arena, &user, UPDATE(users, SET(age, 1)), WHERE(p)); /* expect: the statement */
#else
    rc = vg_one(db, arena, &user, UPDATE(users, SET(age, 1)), WHERE(p), RETURNING(users));
#endif
}
