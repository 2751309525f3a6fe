/* CASE whose results have different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CASE(WHEN(p, users.age), ELSE("x"))); /* expect: CASE: the results have different types */
#else
    clause = ORDER_BY(CASE(WHEN(p, users.age), ELSE(1)));
#endif
}
