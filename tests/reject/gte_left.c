/* GTE of a number column and a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GTE(users.age, "a"); /* expect: GTE(users.age, */
#else
    p = GTE(users.age, 5);
#endif
}
