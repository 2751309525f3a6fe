/* A FIELD of a whole table, which ROW is for.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, FIELD(user, users)) /* expect: FIELD(user): not a column or expression */
#else
PROJECTION(bad, ROW(user, users))
#endif
