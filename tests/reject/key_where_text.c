/* KEY_WHERE of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 26 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(users, KEY(email), KEY_WHERE(users.name), DO_NOTHING); /* expect: incompat */
#else
    clause = ON_CONFLICT(users, KEY(email), KEY_WHERE(IS_NULL(users.name)), DO_NOTHING);
#endif
}
