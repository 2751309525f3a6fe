/* ON_CONFLICT without the table, as SQL has it.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(KEY(email), DO_NOTHING); /* expect: ON_CONFLICT: the table comes first */
#else
    clause = ON_CONFLICT(users, KEY(email), DO_NOTHING);
#endif
}
