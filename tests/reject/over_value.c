/* OVER of a value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 15 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(OVER(string, PARTITION_BY(users.age))); /* expect: the first argument is no expression */
#else
    clause = ORDER_BY(OVER(COUNT(), PARTITION_BY(users.age)));
#endif
}
