/* An INDEX over a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), INDEX(bad_b_idx, b)) /* expect: no member named 'b' */
#else
TABLE(bad, COLUMN(a, INTEGER), INDEX(bad_a_idx, a))
#endif
