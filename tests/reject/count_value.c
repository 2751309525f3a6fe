/* COUNT of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = COUNT(count); /* expect: COUNT(count): count is not a column or expression */
#else
    number = COUNT(users.id);
#endif
}
