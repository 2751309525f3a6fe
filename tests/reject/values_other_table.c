/* VALUES with another table's rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, VALUES(&(struct posts_new){0})); /* expect: VALUES: the rows are */
#else
    clause = INSERT_INTO(users, VALUES(&(struct users_new){0}));
#endif
}
