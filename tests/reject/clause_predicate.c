/* A condition given as a clause.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, DELETE_FROM(users), EQ(users.id, 1)); /* expect: incompatible type */
#else
    rc = vg_exec(db, DELETE_FROM(users), WHERE(EQ(users.id, 1)));
#endif
}
