/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_real = AVG(users.emial); /* expect: no member named 'emial' */
#else
    maybe_real = AVG(users.age);
#endif
}
