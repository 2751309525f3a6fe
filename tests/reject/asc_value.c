/* ASC of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(ASC(string)); /* expect: ASC(string): string is not a column or expression */
#else
    clause = ORDER_BY(ASC(users.email));
#endif
}
