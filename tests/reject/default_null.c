/* NULL as a DEFAULT: leave it out.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, TEXT, DEFAULT(NULL))) /* expect: COLUMN(a): the DEFAULT has another type */
#else
TABLE(bad, COLUMN(a, TEXT))
#endif
