/* SQL of a type that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = SQL(STRING, "upper(?)", string); /* expect: SQL(STRING, ...): STRING is not a column */
#else
    text = SQL(TEXT, "upper(?)", string);
#endif
}
