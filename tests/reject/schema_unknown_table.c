/* A SCHEMA with a table that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
/* Every place where the table is needed complains. */
#include "schema.h"

#ifndef GOOD
SCHEMA(bad, users, psots) /* expect: undeclared */
#else
SCHEMA(bad, users, posts)
#endif
