/* JSON_GET at a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(JSON_GET(users.name, 5, TEXT)); /* expect: JSON_GET: 5 is not text */
#else
    clause = ORDER_BY(JSON_GET(users.name, "$[5]", TEXT));
#endif
}
