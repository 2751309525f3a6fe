/* SET from arithmetic on text.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* Each level mentions its operand twice, for the type and for the value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(age, ADD(users.email, 1))); /* expect: ADD(users.email, 1): */
#else
    clause = UPDATE(users, SET(age, ADD(users.age, 1)));
#endif
}
