/* A type that takes no argument.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, INT(4))) /* expect: type takes no argument */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, BIT(4)))
#endif
