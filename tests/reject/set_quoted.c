/* SET of a quoted name.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
/* The parser stumbles on over what follows. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET("email", "a")); /* expect: expected identifier */
#else
    clause = UPDATE(users, SET(email, "a"));
#endif
}
