/* A tag that is a column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CACHE(0, TAG(users.email)); /* expect: TAG: a tag is a text */
#else
    clause = CACHE(0, TAG("users"));
#endif
}
