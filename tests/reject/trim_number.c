/* TRIM of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(TRIM(users.id)); /* expect: TRIM(users.id): the first argument is not text */
#else
    clause = ORDER_BY(TRIM(users.name));
#endif
}
