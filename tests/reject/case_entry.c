/* CASE of something that is no WHEN.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 15 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CASE(users.age, ELSE(1))); /* expect: CASE: not a WHEN or ELSE: users.age */
#else
    clause = ORDER_BY(CASE(WHEN(p, users.age), ELSE(1)));
#endif
}
