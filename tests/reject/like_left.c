/* LIKE on a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LIKE(users.age, string); /* expect: LIKE(users.age, string): both sides must be text */
#else
    p = LIKE(users.name, string);
#endif
}
