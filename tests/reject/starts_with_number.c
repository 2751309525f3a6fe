/* STARTS_WITH with a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = STARTS_WITH(users.name, 5); /* expect: STARTS_WITH(users.name, 5): both sides must be text */
#else
    p = STARTS_WITH(users.name, string);
#endif
}
