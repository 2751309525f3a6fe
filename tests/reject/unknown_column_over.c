/* A misspelt column in OVER.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 45 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(OVER(SUM(users.agee))); /* expect: agee */
#else
    clause = ORDER_BY(OVER(SUM(users.age)));
#endif
}
