/* NOT_IN_ARRAY with an array of numbers for a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_IN_ARRAY(users.name, integers, 2); /* expect: NOT_IN_ARRAY(users.name, integers, */
#else
    p = NOT_IN_ARRAY(users.name, strings, 2);
#endif
}
