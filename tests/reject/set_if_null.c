/* SET_IF of NULL for a NOT NULL column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET_IF(yes, email, NULL)); /* expect: SET_IF(email): the column is NOT */
#else
    clause = UPDATE(users, SET_IF(yes, name, NULL));
#endif
}
