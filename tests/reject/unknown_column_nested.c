/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 85 */
/* Each level mentions its operand twice, for the type and for the value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(LOWER(TRIM(users.emial)), string); /* expect: no member named 'emial' */
#else
    p = EQ(LOWER(TRIM(users.email)), string);
#endif
}
