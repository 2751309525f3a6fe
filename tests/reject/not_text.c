/* NOT of a text column.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT(users.email); /* expect: incompatible type */
#else
    p = NOT(EQ(users.email, string));
#endif
}
