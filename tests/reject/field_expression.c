/* A FIELD of arithmetic on text.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* Each level mentions its operand twice, for the type and for the value. */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, FIELD(n, ADD(users.email, 1))) /* expect: ADD(users.email, 1): users.email */
#else
PROJECTION(bad, FIELD(n, ADD(users.id, 1)))
#endif
