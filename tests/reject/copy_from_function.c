/* vg_copy_from with a function for another table's rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
int next(void *ctx, struct posts_new *row);

void reject(void)
{
#ifndef GOOD
    rc = vg_copy_from(db, users, next, NULL); /* expect: vg_copy_from: the function is no int */
#else
    rc = vg_copy_from(db, posts, next, NULL);
#endif
}
