/* A condition whose two choices differ in type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = yes ? users.email : SKIP; /* expect: type */
#else
    p = yes ? EQ(users.email, string) : SKIP;
#endif
}
