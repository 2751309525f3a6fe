/* IN with the C value on the left.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN(1, users.id, users.age); /* expect: IN(1, users.id, users.age): 1 is not a column or */
#else
    p = IN(users.id, 1, users.age);
#endif
}
