/* lines: 20 */
/* UPDATE_ROWS of a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE_ROWS(users, user, 1, KEY(id), SET_EACH(nane)); /* expect: nane */
#else
    clause = UPDATE_ROWS(users, user, 1, KEY(id), SET_EACH(name));
#endif
}
