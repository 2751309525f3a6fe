/* NOT_LIKE on a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_LIKE(users.age, string); /* expect: NOT_LIKE(users.age, string): both sides must be */
#else
    p = NOT_LIKE(users.name, string);
#endif
}
