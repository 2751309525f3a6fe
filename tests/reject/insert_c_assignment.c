/* INSERT written as a C assignment.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, email = "a"); /* expect: users: not an entry, such as SET(column, */
#else
    clause = INSERT_INTO(users, SET(email, "a"));
#endif
}
