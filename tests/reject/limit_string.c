/* LIMIT of a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = LIMIT("10"); /* expect: is not a whole number */
#else
    clause = LIMIT(10);
#endif
}
