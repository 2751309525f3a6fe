/* SET of table.column: the table is known already.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 22 */
/* The compiler says itself, once more, that the table has no such member; the operand is
 * mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(users.email, "a")); /* expect: users.email: here a column is named without its table */
#else
    clause = UPDATE(users, SET(email, "a"));
#endif
}
