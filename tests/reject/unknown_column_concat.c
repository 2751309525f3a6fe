/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 22 */
/* Arithmetic mentions an operand three times: for the result's type as well. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = CONCAT(users.emial, string); /* expect: no member named 'emial' */
#else
    text = CONCAT(users.email, string);
#endif
}
