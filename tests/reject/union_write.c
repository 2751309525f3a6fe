/* UNION of a statement without rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UNION(DELETE_FROM(users)); /* expect: UNION: no query; it begins with SELECT */
#else
    clause = UNION(SELECT(users));
#endif
}
