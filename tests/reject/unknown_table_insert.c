/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 94 */
/* Every place where the table is needed complains. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(usres, SET(email, "a")); /* expect: usres */
#else
    clause = INSERT_INTO(users, SET(email, "a"));
#endif
}
