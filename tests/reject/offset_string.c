/* OFFSET of a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = OFFSET(string); /* expect: OFFSET( */
#else
    clause = OFFSET(10);
#endif
}
