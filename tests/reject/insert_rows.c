/* Rows wanted of an INSERT without RETURNING.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_one(db, arena, &user, INSERT_INTO(users, SET(email, "a"))); /* expect: the statement */
#else
    rc = vg_one(db, arena, &user, INSERT_INTO(users, SET(email, "a")), RETURNING(users));
#endif
}
