/* A mark that is no text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    maybe_text = HIGHLIGHT(posts_fts.title, 1, ">"); /* expect: HIGHLIGHT: a mark is not text */
#else
    maybe_text = HIGHLIGHT(posts_fts.title, "<", ">");
#endif
}
