/* vg_copy_in with the rows of another table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
extern struct posts_new news[2];

void reject(void)
{
#ifndef GOOD
    rc = vg_copy_in(db, users, news, 2); /* expect: vg_copy_in: the rows are no struct users_new */
#else
    rc = vg_copy_in(db, posts, news, 2);
#endif
}
