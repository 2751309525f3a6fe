/* A set of columns of another table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"


void reject(void)
{
    uint64_t set;
#ifndef GOOD
    set = COLUMNS_OF(users, title); /* expect: title */
#else
    set = COLUMNS_OF(users, email);
#endif
    (void)set;
}
