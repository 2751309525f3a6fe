/* CONCAT with a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = CONCAT(users.email, 5); /* expect: CONCAT(users.email, 5): 5 is not text */
#else
    text = CONCAT(users.email, "5");
#endif
}
