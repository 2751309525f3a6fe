/* RETURNING_VALUE of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = RETURNING_VALUE(string); /* expect: RETURNING_VALUE: not a */
#else
    clause = RETURNING_VALUE(users.id);
#endif
}
