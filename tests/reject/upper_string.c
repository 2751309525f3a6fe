/* UPPER of a C string.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = UPPER(string); /* expect: UPPER(string): string is not text */
#else
    text = UPPER(users.email);
#endif
}
