/* IN_ARRAY with a single value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 18 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN_ARRAY(users.age, 5, 1); /* expect: IN_ARRAY(users.age, 5, ...): the elements have */
#else
    p = IN(users.age, 5);
#endif
}
