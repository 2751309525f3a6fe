/* SET of a number for a TEXT column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(email, 5)); /* expect: SET(email): the value has another type than */
#else
    clause = UPDATE(users, SET(email, "a"));
#endif
}
