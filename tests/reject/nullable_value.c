/* NULLABLE of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_text = NULLABLE(string); /* expect: NULLABLE(string): string is not a */
#else
    maybe_text = NULLABLE(users.email);
#endif
}
