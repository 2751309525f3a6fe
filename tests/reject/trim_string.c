/* TRIM of a C string.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = TRIM(string); /* expect: TRIM(string): string is not text */
#else
    text = TRIM(users.email);
#endif
}
