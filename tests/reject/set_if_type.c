/* SET_IF of a number for a TEXT column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET_IF(yes, email, 5)); /* expect: SET_IF(email): the value has */
#else
    clause = UPDATE(users, SET_IF(yes, email, "a"));
#endif
}
