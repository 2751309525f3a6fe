/* IN_ARRAY with an array of numbers for a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN_ARRAY(users.name, integers, 2); /* expect: IN_ARRAY(users.name, integers, ...): the */
#else
    p = IN_ARRAY(users.name, strings, 2);
#endif
}
