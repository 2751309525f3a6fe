/* INSERT without required columns, in a whole statement.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, INSERT_INTO(users, SET(age, 5))); /* expect: INSERT_INTO(users): a NOT NULL */
#else
    rc = vg_exec(db, INSERT_INTO(users, SET(email, "a")));
#endif
}
