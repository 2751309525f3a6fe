/* A ROW of a table that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 22 */
/* Every place where the table is needed complains. */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, ROW(user, usres)) /* expect: 'usres' */
#else
PROJECTION(bad, ROW(user, users))
#endif
