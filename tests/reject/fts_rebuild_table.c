/* vg_fts_rebuild of a table without FTS.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    rc = vg_fts_rebuild(db, posts); /* expect: vg_fts_rebuild: posts is not an FTS_TABLE */
#else
    rc = vg_fts_rebuild(db, posts_fts);
#endif
}
