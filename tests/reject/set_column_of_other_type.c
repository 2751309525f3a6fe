/* SET from a column of another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(age, users.email)); /* expect: SET(age): the value has another */
#else
    clause = UPDATE(users, SET(age, users.id));
#endif
}
