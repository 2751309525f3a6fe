/* The content is a view.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

#ifndef GOOD
FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(old_posts, id)) /* expect: CONTENT(old_posts, id): old_posts is not a table */
#else
FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))
#endif
