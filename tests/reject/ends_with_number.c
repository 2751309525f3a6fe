/* ENDS_WITH with a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = ENDS_WITH(users.name, 5); /* expect: ENDS_WITH(users.name, 5): both sides must be text */
#else
    p = ENDS_WITH(users.name, string);
#endif
}
