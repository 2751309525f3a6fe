/* A FIELD of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, FIELD(n, 5)) /* expect: FIELD(n): not a column or expression */
#else
PROJECTION(bad, FIELD(n, users.id))
#endif
