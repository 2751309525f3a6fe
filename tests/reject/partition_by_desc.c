/* PARTITION_BY of a sort term.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = PARTITION_BY(DESC(users.age)); /* expect: PARTITION_BY: ASC and DESC belong into ORDER_BY */
#else
    clause = PARTITION_BY(users.age);
#endif
}
