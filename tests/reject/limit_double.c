/* LIMIT of a double.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = LIMIT(1.5); /* expect: LIMIT(1.5) */
#else
    clause = LIMIT(1);
#endif
}
