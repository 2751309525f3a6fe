/* INSERT without a column that must be given.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(posts, SET(title, "a")); /* expect: INSERT_INTO(posts): a NOT NULL */
#else
    clause = INSERT_INTO(posts, SET(title, "a"), SET(author_id, 1));
#endif
}
