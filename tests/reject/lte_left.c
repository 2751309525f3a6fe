/* LTE of a number column and a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LTE(users.age, "a"); /* expect: LTE(users.age, */
#else
    p = LTE(users.age, 5);
#endif
}
