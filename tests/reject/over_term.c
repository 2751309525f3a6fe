/* OVER with a column for a clause.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 13 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(OVER(COUNT(), users.age)); /* expect-gcc: vg_takes_a_clause */ /* expect-clang: incompatible type 'vg_clause' */
#else
    clause = ORDER_BY(OVER(COUNT(), ORDER_BY(users.age)));
#endif
}
