/* NOT_BETWEEN of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_BETWEEN(5, users.age, 9); /* expect: NOT_BETWEEN(5, users.age, 9): 5 is not a column */
#else
    p = NOT_BETWEEN(users.age, 5, 9);
#endif
}
