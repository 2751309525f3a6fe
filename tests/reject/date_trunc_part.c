/* DATE_TRUNC to a part.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(DATE_TRUNC(WEEKDAY, users.since)); /* expect: DATE_TRUNC: WEEKDAY is a part of a time, not a unit */
#else
    clause = ORDER_BY(DATE_TRUNC(WEEK, users.since));
#endif
}
