/* BETWEEN of numbers on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = BETWEEN(users.name, 1, 9); /* expect: BETWEEN(users.name, 1, 9): the ends have another */
#else
    p = BETWEEN(users.name, "a", "b");
#endif
}
