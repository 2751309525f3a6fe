/* A bound stands at a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"


#ifndef GOOD
RULE(users, email, MIN(3)) /* expect: RULE(users, email, MIN(3)): the column is not INTEGER, REAL or NUMERIC */
#else
RULE(users, email, MIN_LENGTH(3))
#endif
