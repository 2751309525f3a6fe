/* OR of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = OR(p, users.email); /* expect: incompatible type */
#else
    p = OR(p, EQ(users.email, string));
#endif
}
