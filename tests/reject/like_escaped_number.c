/* LIKE_ESCAPED on a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LIKE_ESCAPED(users.age, string); /* expect: LIKE_ESCAPED(users.age, string): both sides must be text */
#else
    p = LIKE_ESCAPED(users.name, string);
#endif
}
