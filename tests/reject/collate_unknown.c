/* A collation that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(COLLATE(users.name, LOUD)); /* expect: VG_OP_COLLATE_LOUD */
#else
    clause = ORDER_BY(COLLATE(users.name, BINARY));
#endif
}
