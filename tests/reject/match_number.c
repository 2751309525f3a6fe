/* MATCH of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    p = MATCH(posts_fts, 5); /* expect: MATCH(posts_fts, 5): the query is not text */
#else
    p = MATCH(posts_fts, "5");
#endif
}
