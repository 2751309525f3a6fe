/* A tag that is a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CACHE(0, TAG(7)); /* expect: TAG: a tag is a text */
#else
    clause = CACHE(0, TAG("7"));
#endif
}
