/* INDEX_ON with a bare column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), INDEX_ON(i, id)) /* expect: an index of bad: not an entry, such as ON(column): id */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), INDEX_ON(i, ON(id)))
#endif
