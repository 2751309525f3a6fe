/* UNINDEXED of a column that is not there.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
UNINDEXED(posts, author, "why") /* expect: author */
#else
UNINDEXED(posts, author_id, "why")
#endif
