/* A casing that there is not.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#undef VG_CASING
#ifndef GOOD
#    define VG_CASING UPPER_CASE
#else
#    define VG_CASING SNAKE_CASE
#endif
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY)) /* expect: VG_CASING is AS_IN_C */
