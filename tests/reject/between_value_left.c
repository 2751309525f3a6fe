/* BETWEEN of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = BETWEEN(5, users.age, 9); /* expect: BETWEEN(5, users.age, 9): 5 is not a column or */
#else
    p = BETWEEN(users.age, 5, 9);
#endif
}
