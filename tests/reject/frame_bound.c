/* A frame between numbers.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 12 */

void reject(void)
{
#ifndef GOOD
    clause = ROWS_BETWEEN(1, CURRENT_ROW); /* expect-gcc: vg_frame */ /* expect-clang: incompatible type 'vg_bound' */
#else
    clause = ROWS_BETWEEN(PRECEDING(1), CURRENT_ROW);
#endif
}
