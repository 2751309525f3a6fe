/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, SELECT(usres)); /* expect: 'usres' */
#else
    rc = vg_exec(db, SELECT(users));
#endif
}
