/* SCALAR of a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 29 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.id, SCALAR(string, FROM(posts))); /* expect: SCALAR(string): string is not a */
#else
    p = EQ(users.id, SCALAR(posts.id, FROM(posts)));
#endif
}
