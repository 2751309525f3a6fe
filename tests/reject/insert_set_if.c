/* A column that must be given, by SET_IF only.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, SET_IF(yes, email, "a")); /* expect: INSERT_INTO(users): a NOT */
#else
    clause = INSERT_INTO(users, SET(email, "a"));
#endif
}
