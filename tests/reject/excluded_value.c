/* EXCLUDED of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = EXCLUDED(string); /* expect: EXCLUDED(string): string is not a column */
#else
    text = EXCLUDED(users.email);
#endif
}
