/* UPDATE of an alias.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

ALIAS(boss, users)

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, UPDATE(boss, SET(name, "x")), ALL_ROWS); /* expect: UPDATE(boss): not a table: views and aliases are only read */
#else
    rc = vg_exec(db, UPDATE(users, SET(name, "x")), ALL_ROWS);
#endif
}
