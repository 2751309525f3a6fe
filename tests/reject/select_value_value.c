/* SELECT_VALUE of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = SELECT_VALUE(string); /* expect: SELECT_VALUE: not a column */
#else
    clause = SELECT_VALUE(users.name);
#endif
}
