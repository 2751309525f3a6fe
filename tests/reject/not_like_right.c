/* NOT_LIKE with a number as the pattern.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_LIKE(users.email, 5); /* expect: NOT_LIKE(users.email, 5): both sides must be text */
#else
    p = NOT_LIKE(users.email, "a%");
#endif
}
