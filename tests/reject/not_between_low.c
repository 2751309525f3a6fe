/* NOT_BETWEEN from a text on a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_BETWEEN(users.age, string, 9); /* expect: NOT_BETWEEN(users.age, string, 9): the ends */
#else
    p = NOT_BETWEEN(users.age, 1, 9);
#endif
}
