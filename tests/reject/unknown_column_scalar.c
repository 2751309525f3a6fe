/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 43 */
/* Each level mentions its operand twice, for the type and for the value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(posts.title, SCALAR(users.emial, FROM(users))); /* expect: no member named 'emial' */
#else
    p = EQ(posts.title, SCALAR(users.email, FROM(users)));
#endif
}
