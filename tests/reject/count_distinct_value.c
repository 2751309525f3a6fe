/* COUNT_DISTINCT of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = COUNT_DISTINCT(count); /* expect: COUNT_DISTINCT(count): count is not a column or */
#else
    number = COUNT_DISTINCT(users.id);
#endif
}
