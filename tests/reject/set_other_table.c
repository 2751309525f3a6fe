/* SET of a column that belongs to another table.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(posts, SET(email, string)); /* expect: no member named 'email' */
#else
    clause = UPDATE(users, SET(email, string));
#endif
}
