/* CONCAT of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = CONCAT(users.id, users.email); /* expect: CONCAT(users.id, users.email): users.id is */
#else
    text = CONCAT(users.email, users.email);
#endif
}
