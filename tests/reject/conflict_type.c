/* DO UPDATE of a TEXT column with a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(users, KEY(email), SET(email, 5)); /* expect: SET(email): the value has */
#else
    clause = ON_CONFLICT(users, KEY(email), SET(email, "a"));
#endif
}
