/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 44 */
/* Every place where the table is needed complains. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(usres, SET(age, 1)); /* expect: usres */
#else
    clause = UPDATE(users, SET(age, 1));
#endif
}
