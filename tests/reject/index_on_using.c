/* INDEX_ON with USING, which is a clause of DELETE_FROM.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), INDEX_ON(i, ON(id), USING("hash"))) /* expect: USING; the method is ON_USING */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), INDEX_ON(i, ON(id), ON_USING("hash")))
#endif
