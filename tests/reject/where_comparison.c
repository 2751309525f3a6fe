/* WHERE of C's own comparison.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(users.age == 5); /* expect: invalid operands to binary */
#else
    clause = WHERE(EQ(users.age, 5));
#endif
}
