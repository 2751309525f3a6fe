/* MATCH on a table without FTS.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    p = MATCH(posts, "x"); /* expect: MATCH(posts): not an FTS_TABLE */
#else
    p = MATCH(posts_fts, "x");
#endif
}
