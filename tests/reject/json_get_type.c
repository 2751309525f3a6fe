/* JSON_GET as what is no type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(JSON_GET(users.name, "$.a", NUMBER)); /* expect: JSON_GET: NUMBER is no column type */
#else
    clause = ORDER_BY(JSON_GET(users.name, "$.a", REAL));
#endif
}
