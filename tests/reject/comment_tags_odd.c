/* COMMENT_TAGS of a key without a value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = COMMENT_TAGS("route", string, "app"); /* expect: COMMENT_TAGS: keys and values */
#else
    clause = COMMENT_TAGS("route", string, "app", "shop");
#endif
}
