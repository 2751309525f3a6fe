/* NOT_BETWEEN up to a text on a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_BETWEEN(users.age, 1, string); /* expect: NOT_BETWEEN(users.age, 1, string): the ends */
#else
    p = NOT_BETWEEN(users.age, 1, 9);
#endif
}
