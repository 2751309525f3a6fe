/* A misspelt column in COALESCE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 34 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(COALESCE(users.nam, users.email)); /* expect: nam */
#else
    clause = ORDER_BY(COALESCE(users.name, users.email));
#endif
}
