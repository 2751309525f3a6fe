/* A ROW of a column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, ROW(id, users.id)) /* expect: no member named 'vg_row' */
#else
PROJECTION(bad, FIELD(id, users.id))
#endif
