/* GROUP_BY with a C value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = GROUP_BY(users.id, 1); /* expect: member */
#else
    clause = GROUP_BY(users.id, users.age);
#endif
}
