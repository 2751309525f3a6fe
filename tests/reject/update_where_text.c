/* UPDATE_WHERE of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(users, SET(age, 1), UPDATE_WHERE(users.name)); /* expect: incompatible */
#else
    clause = ON_CONFLICT(users, SET(age, 1), UPDATE_WHERE(IS_NULL(users.name)));
#endif
}
