/* QUERY with a text as LIMIT.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

QUERY(some, ALL(users), PARAMS(TEXT(most)), SELECT(users),
#ifndef GOOD
      LIMIT(most)) /* expect: LIMIT(most): most is not a whole number */
#else
      WHERE(EQ(users.email, most)), LIMIT(1))
#endif
