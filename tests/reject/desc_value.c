/* DESC of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(DESC(string)); /* expect: DESC(string): string is not a column or */
#else
    clause = ORDER_BY(DESC(users.email));
#endif
}
