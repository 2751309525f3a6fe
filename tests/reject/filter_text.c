/* FILTER by a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 13 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(FILTER(COUNT(), users.name)); /* expect-gcc: vg_takes_a_predicate */ /* expect-clang: incompatible type 'vg_predicate' */
#else
    clause = ORDER_BY(FILTER(COUNT(), p));
#endif
}
