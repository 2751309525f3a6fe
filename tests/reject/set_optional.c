/* SET of an optional value for a NOT NULL column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(active, (vg_opt_bool){0})); /* expect: SET(active): the column is */
#else
    clause = UPDATE(users, SET(mails, (vg_opt_bool){0}));
#endif
}
