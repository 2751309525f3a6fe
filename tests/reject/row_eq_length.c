/* Rows of different lengths.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 11 */

void reject(void)
{
#ifndef GOOD
    p = ROW_EQ((users.age, users.id), (5, 6, 7)); /* expect: incompatible type */
#else
    p = ROW_EQ((users.age, users.id), (5, 6));
#endif
}
