/* DEFAULT_VALUES where columns must be given.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(posts, DEFAULT_VALUES); /* expect: INSERT_INTO(posts): a NOT NULL column */
#else
    clause = INSERT_INTO(posts, SET(title, "a"), SET(author_id, 1));
#endif
}
