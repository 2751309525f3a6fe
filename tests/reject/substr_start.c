/* SUBSTR from a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(SUBSTR(users.name, "1")); /* expect: an argument is not an INTEGER */
#else
    clause = ORDER_BY(SUBSTR(users.name, 1));
#endif
}
