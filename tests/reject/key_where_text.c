/* KEY_WHERE of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 25 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(users, KEY_WHERE(users.name), DO_NOTHING); /* expect: incompatible type */
#else
    clause = ON_CONFLICT(users, KEY_WHERE(IS_NULL(users.name)), DO_NOTHING);
#endif
}
