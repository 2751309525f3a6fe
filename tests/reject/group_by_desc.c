/* GROUP_BY of a sort term.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = GROUP_BY(DESC(users.age)); /* expect: GROUP_BY: ASC and DESC belong into ORDER_BY */
#else
    clause = GROUP_BY(users.age);
#endif
}
