/* IN with no value; IN_ARRAY takes a list that may be empty.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(IN(users.id)); /* expect: nothing stands between the parentheses */
#else
    clause = WHERE(IN(users.id, 1));
#endif
}
