/* A number of tokens that is none.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id))

void reject(void)
{
#ifndef GOOD
    maybe_text = SNIPPET(posts_fts.title, "<", ">", "...", "8"); /* expect: SNIPPET: the number of tokens is not a whole number */
#else
    maybe_text = SNIPPET(posts_fts.title, "<", ">", "...", 8);
#endif
}
