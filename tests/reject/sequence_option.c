/* An option that a SEQUENCE does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
SEQUENCE(bad, STARTING_AT(5)) /* expect: SEQUENCE(bad, ...): it has no option STARTING_AT(5) */
#else
SEQUENCE(good, START_WITH(5))
#endif
