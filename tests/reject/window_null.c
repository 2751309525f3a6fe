/* A window function that may be NULL.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = LAG(users.id); /* expect: incompatible type */
#else
    maybe_number = LAG(users.id);
#endif
}
