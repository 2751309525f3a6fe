/* INSERT of a number into a TEXT column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, SET(email, 5)); /* expect: SET(email): the value has another type */
#else
    clause = INSERT_INTO(users, SET(email, "a"));
#endif
}
