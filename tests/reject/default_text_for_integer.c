/* A text as the DEFAULT of an INTEGER.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER, DEFAULT("b"))) /* expect: COLUMN(a): the DEFAULT has another type */
#else
TABLE(bad, COLUMN(a, INTEGER, DEFAULT(1)))
#endif
