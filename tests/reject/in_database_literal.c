/* A database that is no string literal.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 11 */
/* The parser stumbles on over what follows. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), IN_DATABASE(content)) /* expect: expected '}' */
#else
TABLE(bad, COLUMN(a, INTEGER), IN_DATABASE("content"))
#endif
