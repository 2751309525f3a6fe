/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN_ARRAY(users.emial, strings, 2); /* expect: no member named 'emial' */
#else
    p = IN_ARRAY(users.email, strings, 2);
#endif
}
