/* NOT_IN with a subquery of texts for a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_IN(users.id, SCALAR(posts.title, FROM(posts))); /* expect: a value has another type */
#else
    p = NOT_IN(users.id, SCALAR(posts.author_id, FROM(posts)));
#endif
}
