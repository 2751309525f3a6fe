/* NOT_IN_ARRAY with an array of texts for a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_IN_ARRAY(users.age, strings, 2); /* expect: NOT_IN_ARRAY(users.age, strings, ...): */
#else
    p = NOT_IN_ARRAY(users.age, integers, 2);
#endif
}
