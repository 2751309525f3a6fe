/* RAW with a C value that has no SQL type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = RAW("select ?", user); /* expect: no SQL type */
#else
    clause = RAW("select ?", user->id);
#endif
}
