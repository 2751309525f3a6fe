/* An argument for a type that takes none.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER(4))) /* expect: type takes no argument */
#else
TABLE(bad, COLUMN(a, TEXT(4)))
#endif
