/* AS of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = AS(string, s); /* expect: AS(string): string is not a column or expression */
#else
    text = AS(users.email, s);
#endif
}
