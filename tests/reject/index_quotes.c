/* The name of an index is a word, or NAME("any text").
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), INDEX("i", a)) /* expect: NAME_WITHOUT_QUOTES */
#else
TABLE(bad, COLUMN(a, INTEGER), INDEX(i, a), INDEX(NAME("the i"), a))
#endif
