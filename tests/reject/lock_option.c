/* FOR_UPDATE with a table where an entry belongs.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = FOR_UPDATE(users); /* expect: incompatible type */
#else
    clause = FOR_UPDATE(LOCK_OF(users), NOWAIT);
#endif
}
