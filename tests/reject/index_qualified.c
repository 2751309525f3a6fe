/* INDEX over table.column: the table is known already.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The compiler says itself, once more, that the table has no such member. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), /* expect: bad.id: here a column is named without its table */
      INDEX(bad_idx, bad.id))
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), INDEX(bad_idx, id))
#endif
