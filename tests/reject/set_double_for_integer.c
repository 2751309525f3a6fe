/* SET of a double for an INTEGER column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(age, 1.5)); /* expect: SET(age): the value has another type than */
#else
    clause = UPDATE(users, SET(age, 1));
#endif
}
