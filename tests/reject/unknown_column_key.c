/* A conflict key that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 20 */
/* The operand is mentioned twice, for its type and for its value. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(users, KEY(emial), DO_NOTHING); /* expect: no member named 'emial' */
#else
    clause = ON_CONFLICT(users, KEY(email), DO_NOTHING);
#endif
}
