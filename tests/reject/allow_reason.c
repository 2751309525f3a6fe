/* ALLOW without a reason.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

QUERY(some, ALL(users), PARAMS(), SELECT(users),
#ifndef GOOD
      ALLOW(FULL_SCAN, users, "")) /* expect: ALLOW: say the reason */
#else
      ALLOW(FULL_SCAN, users, "all of them"))
#endif
