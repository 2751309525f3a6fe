/* SET of NULL for a NOT NULL column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(email, NULL)); /* expect: SET(email): the column is NOT NULL, the */
#else
    clause = UPDATE(users, SET(name, NULL));
#endif
}
