/* CACHE for a time that is a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CACHE("10s"); /* expect: CACHE: the time to live is a whole number */
#else
    clause = CACHE(10000);
#endif
}
