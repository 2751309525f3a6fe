/* BETWEEN from a text on a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = BETWEEN(users.age, string, 9); /* expect: BETWEEN(users.age, string, 9): the ends have */
#else
    p = BETWEEN(users.age, 1, 9);
#endif
}
