/* JSON_SET of a path without a value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(JSON_SET(users.name, "$.a")); /* expect: JSON_SET(users.name, ...): a path without a value */
#else
    clause = ORDER_BY(JSON_SET(users.name, "$.a", 1));
#endif
}
