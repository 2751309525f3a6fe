/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 22 */
/* Arithmetic mentions an operand three times: for the result's type as well. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_number = ADD(users.emial, 1); /* expect: no member named 'emial' */
#else
    maybe_number = ADD(users.age, 1);
#endif
}
