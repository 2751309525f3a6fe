/* DEFAULT_NOW of a TEXT column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, TEXT, DEFAULT_NOW)) /* expect: COLUMN(a): the DEFAULT has another type */
#else
TABLE(bad, COLUMN(a, DATE, DEFAULT_NOW))
#endif
