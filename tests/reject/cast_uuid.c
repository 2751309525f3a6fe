/* CAST to UUID.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CAST(users.name, UUID)); /* expect: CAST(users.name, UUID): this type cannot become UUID */
#else
    clause = ORDER_BY(CAST(users.name, BLOB));
#endif
}
