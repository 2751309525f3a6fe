/* COMMENT of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = COMMENT(users.name); /* expect: COMMENT: not a string */
#else
    clause = COMMENT(string);
#endif
}
