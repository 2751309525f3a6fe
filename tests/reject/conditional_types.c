/* A condition whose two choices differ in type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = yes ? users.email : SKIP; /* expect-gcc: type mismatch */ /* expect-clang: operand types */
#else
    p = yes ? EQ(users.email, string) : SKIP;
#endif
}
