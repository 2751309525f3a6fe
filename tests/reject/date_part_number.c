/* DATE_PART of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(DATE_PART(YEAR, users.age)); /* expect: DATE_PART(YEAR, users.age): users.age is no time */
#else
    clause = ORDER_BY(DATE_PART(YEAR, users.since));
#endif
}
