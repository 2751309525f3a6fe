/* A registered query called with an argument of another type.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* gcc adds where the parameter was declared, which is the QUERY. */
#include "schema.h"

QUERY(newest, ONE(users), PARAMS(TIMESTAMP(after)), SELECT(users), WHERE(GT(users.since, after)))

void reject(void)
{
#ifndef GOOD
    rc = newest(db, arena, &user, 5); /* expect: incompatible type */
#else
    rc = newest(db, arena, &user, vg_now());
#endif
}
