/* BM25 of a table without FTS.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(BM25(users)); /* expect: BM25(users): not an FTS_TABLE */
#else
    clause = ORDER_BY(BM25(posts_fts));
#endif
}
