/* JSON_OBJECT of a key without a value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(JSON_OBJECT("a")); /* expect: JSON_OBJECT: a key without a value */
#else
    clause = ORDER_BY(JSON_OBJECT("a", 1));
#endif
}
