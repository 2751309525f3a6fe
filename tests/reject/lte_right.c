/* LTE of a text column and a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LTE(users.email, 5); /* expect: LTE(users.email, 5): the two sides have different types */
#else
    p = LTE(users.email, "a");
#endif
}
