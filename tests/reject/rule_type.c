/* A rule for texts stands at a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"


#ifndef GOOD
RULE(users, id, EMAIL) /* expect: RULE(users, id, EMAIL): the column is not TEXT */
#else
RULE(users, email, EMAIL)
#endif
