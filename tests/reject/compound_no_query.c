/* COMPOUND of something that is no query.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = COMPOUND(LIMIT(3)); /* expect: COMPOUND: no query; it begins with SELECT */
#else
    clause = COMPOUND(SELECT(users), LIMIT(3));
#endif
}
