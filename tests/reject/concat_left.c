/* CONCAT of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CONCAT(users.id, users.email)); /* expect: CONCAT(users.id, users.email): an argument is not text */
#else
    clause = ORDER_BY(CONCAT(users.name, users.email));
#endif
}
