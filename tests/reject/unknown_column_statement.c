/* A column that the table does not have, in a whole statement.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(users), WHERE(EQ(users.emial, 5))); /* expect: no member */
#else
    rc = vg_all(db, arena, &list, SELECT(users), WHERE(EQ(users.email, "a")));
#endif
}
