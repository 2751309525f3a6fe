/* UNION of something that is no query.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UNION(FROM(users)); /* expect: UNION: no query; it begins with SELECT */
#else
    clause = UNION(SELECT(users), FROM(users));
#endif
}
