/* WHERE of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(users.email); /* expect: incompatible type */
#else
    clause = WHERE(EQ(users.email, string));
#endif
}
