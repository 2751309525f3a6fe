/* MATCH_COLUMN of a column that is no text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    p = MATCH_COLUMN(posts_fts.rowid, "x"); /* expect: both sides must be text */
#else
    p = MATCH_COLUMN(posts_fts.title, "x");
#endif
}
