/* INSERT of NULL into a NOT NULL column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, SET(email, NULL)); /* expect: SET(email): the column is NOT NULL, */
#else
    clause = INSERT_INTO(users, SET(email, "a"));
#endif
}
