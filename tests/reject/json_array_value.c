/* JSON_ARRAY of what has no SQL type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(JSON_ARRAY(db)); /* expect: JSON_ARRAY: an argument has no SQL type */
#else
    clause = ORDER_BY(JSON_ARRAY(users.id));
#endif
}
