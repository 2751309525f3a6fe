/* HAVING of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = HAVING(users.email); /* expect: incompatible type */
#else
    clause = HAVING(EQ(users.email, string));
#endif
}
