/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 22 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = SELECT_VALUE(users.emial); /* expect: no member named 'emial' */
#else
    clause = SELECT_VALUE(users.email);
#endif
}
