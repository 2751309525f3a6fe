/* A condition given as a clause of a subquery.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EXISTS(SELECT(posts), EQ(posts.author_id, users.id)); /* expect: incompatible type */
#else
    p = EXISTS(SELECT(posts), WHERE(EQ(posts.author_id, users.id)));
#endif
}
