/* COLUMN in FTS_TABLE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
FTS_TABLE(posts_fts, COLUMN(title, TEXT)) /* expect: TABLE(posts_fts): there is no entry COLUMN(title, TEXT) */
#else
FTS_TABLE(posts_fts, FTS_COLUMN(title))
#endif
