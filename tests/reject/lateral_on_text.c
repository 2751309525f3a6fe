/* A LATERAL join on a text.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = LEFT_JOIN_LATERAL(recent, users.name); /* expect: incompatible type */
#else
    clause = LEFT_JOIN_LATERAL(recent, SKIP);
#endif
}
