/* UNINDEXED in a TABLE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(pages, COLUMN(id, INTEGER), COLUMN(line, TEXT, UNINDEXED)) /* expect: TABLE(pages): UNINDEXED belongs to FTS_TABLE */
#else
FTS_TABLE(pages, FTS_COLUMN(id), FTS_COLUMN(line, UNINDEXED))
#endif
