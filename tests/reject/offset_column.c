/* OFFSET of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = OFFSET(users.age); /* expect: OFFSET( */
#else
    clause = OFFSET(10);
#endif
}
