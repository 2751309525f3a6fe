/* JSON_GET of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(JSON_GET(users.age, "$.a", TEXT)); /* expect: JSON_GET(users.age, ...): users.age is no JSON */
#else
    clause = ORDER_BY(JSON_GET(users.name, "$.a", TEXT));
#endif
}
