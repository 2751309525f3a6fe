/* SET of table.column: the table is known already.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(users.email, "a")); /* expect: no member named 'users' */
#else
    clause = UPDATE(users, SET(email, "a"));
#endif
}
