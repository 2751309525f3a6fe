/* RAW_SELECT with a text that is no string literal.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
/* The parser stumbles on over what follows. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = RAW_SELECT(users, string); /* expect: expected ')' */
#else
    clause = RAW_SELECT(users, "select 1");
#endif
}
