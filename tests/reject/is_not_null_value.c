/* IS_NOT_NULL of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IS_NOT_NULL(string); /* expect: IS_NOT_NULL(string): string is not a column or expression */
#else
    p = IS_NOT_NULL(users.name);
#endif
}
