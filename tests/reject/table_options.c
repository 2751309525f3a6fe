/* OPTIONS of a table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), OPTIONS(NAME("a"))) /* expect: TABLE(bad): OPTIONS are for views */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), NAME("a"))
#endif
