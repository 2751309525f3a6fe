/* COMMENT_TAGS of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = COMMENT_TAGS("route", 5); /* expect: COMMENT: not a string */
#else
    clause = COMMENT_TAGS("route", "5");
#endif
}
