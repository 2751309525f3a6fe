/* A string compared with a UUID.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.token, string); /* expect: EQ(users.token, string): the two sides have different */
#else
    p = EQ(users.token, &(vg_uuid){{0}});
#endif
}
