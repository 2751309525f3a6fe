/* GROUP_CONCAT of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(GROUP_CONCAT(users.age, ",")); /* expect: GROUP_CONCAT(users.age): users.age is not text */
#else
    clause = ORDER_BY(GROUP_CONCAT(users.name, ","));
#endif
}
