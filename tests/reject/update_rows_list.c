/* UPDATE_ROWS of a list instead of its rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE_ROWS(users, list, 1, KEY(id), SET_EACH(name)); /* expect: UPDATE_ROWS: the */
#else
    clause = UPDATE_ROWS(users, user, 1, KEY(id), SET_EACH(name));
#endif
}
