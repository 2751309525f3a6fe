/* A modifier that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY), COLUMN(a, TEXT)) /* expect: COLUMN(id): unknown words: */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT))
#endif
