/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = BETWEEN(users.emial, "a", "b"); /* expect: no member named 'emial' */
#else
    p = BETWEEN(users.email, "a", "b");
#endif
}
