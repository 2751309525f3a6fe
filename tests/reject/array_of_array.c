/* An array of arrays; dimensions are numbers.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, ARRAY(ARRAY(TEXT)))) /* expect: COLUMN(a): unknown words: ARRAY */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, ARRAY(TEXT, 0, 0)))
#endif
