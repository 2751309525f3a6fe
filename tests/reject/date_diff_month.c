/* DATE_DIFF in months.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(DATE_DIFF(MONTH, NOW(), users.since)); /* expect: DATE_DIFF: MONTH has no fixed length */
#else
    clause = ORDER_BY(DATE_DIFF(DAY, NOW(), users.since));
#endif
}
