/* BETWEEN up to a text on a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = BETWEEN(users.age, 1, string); /* expect: BETWEEN(users.age, 1, string): the ends have */
#else
    p = BETWEEN(users.age, 1, 9);
#endif
}
