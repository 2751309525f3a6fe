/* GROUP_BY of nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = GROUP_BY(); /* expect: nothing stands between the parentheses */
#else
    clause = GROUP_BY(users.id);
#endif
}
