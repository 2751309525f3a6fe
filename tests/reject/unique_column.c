/* A UNIQUE over a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), UNIQUE(bad_ab, a, b)) /* expect: no member named 'b' */
#else
TABLE(bad, COLUMN(a, INTEGER), COLUMN(b, TEXT), UNIQUE(bad_ab, a, b))
#endif
