/* NOT_LIKE with the C value on the left.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_LIKE(string, users.email); /* expect: NOT_LIKE(string, users.email): string is not a */
#else
    p = NOT_LIKE(users.email, string);
#endif
}
