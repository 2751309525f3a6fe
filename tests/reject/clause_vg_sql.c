/* A string given as a clause to vg_sql.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_sql(arena, &vg_dialect_sqlite, &sql, SELECT(users), string); /* expect: incompatible */
#else
    rc = vg_sql(arena, &vg_dialect_sqlite, &sql, SELECT(users), LIMIT(1));
#endif
}
