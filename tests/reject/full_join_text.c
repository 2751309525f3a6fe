/* FULL_JOIN on a column instead of a condition.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = FULL_JOIN(posts, posts.title); /* expect: incompatible type */
#else
    clause = FULL_JOIN(posts, EQ(posts.author_id, users.id));
#endif
}
