/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(users.emial); /* expect: no member named 'emial' */
#else
    clause = ORDER_BY(users.email);
#endif
}
