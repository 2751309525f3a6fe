/* A PRIMARY_KEY over a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), PRIMARY_KEY(a, b)) /* expect: no member named 'b' */
#else
TABLE(bad, COLUMN(a, INTEGER), COLUMN(b, TEXT), PRIMARY_KEY(a, b))
#endif
