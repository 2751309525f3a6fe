/* NE with the C value on the left.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NE(5, users.age); /* expect: NE(5, users.age): 5 is not a column or expression */
#else
    p = NE(users.age, 5);
#endif
}
