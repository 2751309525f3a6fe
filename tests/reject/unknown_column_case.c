/* A misspelt column in CASE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 34 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CASE(WHEN(p, users.agee))); /* expect: agee */
#else
    clause = ORDER_BY(CASE(WHEN(p, users.age)));
#endif
}
