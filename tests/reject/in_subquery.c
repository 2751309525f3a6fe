/* IN with a subquery of texts for a number column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN(users.id, SCALAR(posts.title, FROM(posts))); /* expect: a value has another type than */
#else
    p = IN(users.id, SCALAR(posts.author_id, FROM(posts)));
#endif
}
