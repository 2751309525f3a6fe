/* A weight that is no number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(BM25(posts_fts, "much")); /* expect: BM25: a weight is not a number */
#else
    clause = ORDER_BY(BM25(posts_fts, 2.5));
#endif
}
