/* SET of a column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 22 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, SET(email, "a"), SET(nmae, "b")); /* expect: no member named */
#else
    clause = INSERT_INTO(users, SET(email, "a"), SET(name, "b"));
#endif
}
