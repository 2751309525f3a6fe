/* NOT_BETWEEN of numbers on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_BETWEEN(users.name, 1, 9); /* expect: NOT_BETWEEN(users.name, 1, 9): the ends have */
#else
    p = NOT_BETWEEN(users.name, "a", "b");
#endif
}
