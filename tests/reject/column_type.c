/* A column type that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, STRING)) /* expect: COLUMN(a): unknown */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT))
#endif
