/* A C value that may be missing in a comparison.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.age, (vg_opt_int){0}); /* expect: the two sides have different types */
#else
    p = EQ(users.age, 1);
#endif
}
