/* COMMENT of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = COMMENT(5); /* expect: COMMENT: not a string */
#else
    clause = COMMENT("report");
#endif
}
