/* KEY(table.column): the table is known already.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The compiler says itself, once more, that the table has no such member. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(users, KEY(users.email), DO_NOTHING); /* expect: users.email: here a column is named without its table */
#else
    clause = ON_CONFLICT(users, KEY(email), DO_NOTHING);
#endif
}
