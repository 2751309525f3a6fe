/* A rule that nobody knows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"


#ifndef GOOD
RULE(users, email, EMIAL) /* expect: RULE(users, email, EMIAL): there is no such rule */
#else
RULE(users, email, EMAIL)
#endif
