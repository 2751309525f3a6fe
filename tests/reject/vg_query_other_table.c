/* A cursor that lends another table's rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_query(db, &cursor, &post, SELECT(users)); /* expect: vg_query: the result */
#else
    rc = vg_query(db, &cursor, &user, SELECT(users));
#endif
}
