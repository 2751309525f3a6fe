/* COALESCE of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(COALESCE(users.name, users.age)); /* expect: COALESCE(users.name, users.age): the types differ */
#else
    clause = ORDER_BY(COALESCE(users.name, users.email));
#endif
}
