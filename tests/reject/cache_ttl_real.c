/* CACHE for a time that is a double.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CACHE(0.5); /* expect: CACHE: the time to live is a whole number */
#else
    clause = CACHE(500);
#endif
}
