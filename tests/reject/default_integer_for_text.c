/* A number as the DEFAULT of a TEXT.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, TEXT, DEFAULT(1))) /* expect: COLUMN(a): the DEFAULT has another type than */
#else
TABLE(bad, COLUMN(a, TEXT, DEFAULT("b")))
#endif
