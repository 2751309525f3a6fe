/* GTE of a text column and a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GTE(users.email, 5); /* expect: GTE(users.email, 5): the two sides have different types */
#else
    p = GTE(users.email, "a");
#endif
}
