/* GT with the C value on the left.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GT(5, users.age); /* expect: GT(5, users.age): 5 is not a column or expression */
#else
    p = GT(users.age, 5);
#endif
}
