/* LIKE with the C value on the left.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LIKE(string, users.email); /* expect: LIKE(string, users.email): string is not a column */
#else
    p = LIKE(users.email, string);
#endif
}
