/* A string given as a clause to vg_sql.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_sql(arena, &vg_dialect_sqlite, &(vg_rendered){0}, SELECT(users), string); /* expect: _clause */
#else
    rc = vg_sql(arena, &vg_dialect_sqlite, &(vg_rendered){0}, SELECT(users), LIMIT(1));
#endif
}
