/* DATE_PART of an unknown part.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 13 */

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(DATE_PART(CENTURY, users.since)); /* expect: VG_UNIT_CENTURY */
#else
    clause = ORDER_BY(DATE_PART(YEAR, users.since));
#endif
}
