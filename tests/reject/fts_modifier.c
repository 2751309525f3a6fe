/* A modifier that FTS_COLUMN does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
FTS_TABLE(posts_fts, FTS_COLUMN(title, UNIQUE)) /* expect: FTS_TABLE(posts_fts): its columns take the modifiers UNINDEXED, NOT_NULL and NAME only */
#else
FTS_TABLE(posts_fts, FTS_COLUMN(title, UNINDEXED))
#endif
