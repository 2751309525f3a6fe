/* NOT_IN_ARRAY of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_IN_ARRAY(5, integers, 2); /* expect: NOT_IN_ARRAY(5, integers, ...): 5 is not a */
#else
    p = NOT_IN_ARRAY(users.age, integers, 2);
#endif
}
