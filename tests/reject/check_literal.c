/* A CHECK whose condition is no string literal.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 11 */
/* The parser stumbles on over what follows. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), CHECK(bad_a, a)) /* expect: expected '}' */
#else
TABLE(bad, COLUMN(a, INTEGER), CHECK(bad_a, "a > 0"))
#endif
