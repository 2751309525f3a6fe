/* LEAD of a value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 15 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(LEAD(string)); /* expect: the first argument is no expression */
#else
    clause = ORDER_BY(LEAD(users.age));
#endif
}
