/* FORMAT_TIME of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(FORMAT_TIME(users.name, "%Y")); /* expect: FORMAT_TIME(users.name, ...): users.name is no time */
#else
    clause = ORDER_BY(FORMAT_TIME(users.since, "%Y"));
#endif
}
