/* DEFAULT_RANDOM of a column that is no UUID.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, DEFAULT_RANDOM)) /* expect: COLUMN(a): the DEFAULT has another type */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, UUID, DEFAULT_RANDOM))
#endif
