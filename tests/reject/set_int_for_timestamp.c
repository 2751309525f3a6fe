/* SET of a number for a TIMESTAMP column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(since, 5)); /* expect: SET(since): the value has another type than */
#else
    clause = UPDATE(users, SET(since, vg_now()));
#endif
}
