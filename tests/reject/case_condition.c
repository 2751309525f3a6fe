/* WHEN with a value for a condition.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 13 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CASE(WHEN(users.age, 1), ELSE(2))); /* expect-gcc: vg_takes_a_predicate */ /* expect-clang: incompatible type 'vg_predicate' */
#else
    clause = ORDER_BY(CASE(WHEN(GT(users.age, 1), 1), ELSE(2)));
#endif
}
