/* A network address compared with a TEXT column.
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
    p = EQ(natives.ip, users.email); /* expect: EQ(natives.ip, users.email): the two sides have */
#else
    p = EQ(natives.ip, natives.ip);
#endif
}
