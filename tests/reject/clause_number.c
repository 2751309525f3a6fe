/* A number given as a clause.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, DELETE_FROM(users), 5); /* expect: incompatible type */
#else
    rc = vg_exec(db, DELETE_FROM(users), ALL_ROWS);
#endif
}
