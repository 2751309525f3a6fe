/* ORDER_BY with a C value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(string); /* expect-gcc: member 'node' */ /* expect-clang: member reference */
#else
    clause = ORDER_BY(users.email);
#endif
}
