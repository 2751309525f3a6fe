/* An entry that TABLE does not know.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUM(a, TEXT)) /* expect: there is no entry */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT))
#endif
