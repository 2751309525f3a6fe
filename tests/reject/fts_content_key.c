/* A key that the content does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, nr)) /* expect: 'nr' */
#else
FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))
#endif
