/* LENGTH of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = LENGTH(users.id); /* expect: LENGTH(users.id): users.id is not text */
#else
    number = LENGTH(users.email);
#endif
}
