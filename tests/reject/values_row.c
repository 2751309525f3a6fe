/* VALUES with a row as SELECT yields it.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, VALUES(user)); /* expect: VALUES: the rows are no struct */
#else
    clause = INSERT_INTO(users, VALUES(&(struct users_new){0}));
#endif
}
