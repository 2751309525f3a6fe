/* A network address compared with a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(natives,
    COLUMN(id,   INT, PRIMARY_KEY),
    COLUMN(tags, ARRAY(TEXT), NOT_NULL),
    COLUMN(span, INTERVAL),
    COLUMN(ip,   INET))

void reject(void)
{
#ifndef GOOD
    p = EQ(natives.ip, 5); /* expect: EQ(natives.ip, 5): the two sides have different */
#else
    p = EQ(natives.ip, "::1");
#endif
}
