/* ROWID of a view.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    number = ROWID(old_posts); /* expect: ROWID(old_posts): not a table */
#else
    number = ROWID(posts);
#endif
}
