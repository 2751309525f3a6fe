/* An integer compared with a TIMESTAMP.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GT(users.since, 1700000000); /* expect: GT(users.since, 1700000000): the two sides have */
#else
    p = GT(users.since, (vg_timestamp){0});
#endif
}
