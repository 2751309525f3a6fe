/* An event that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The parser stumbles on over what follows. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, id, ON_INSERT(CASCADE)))) /* expect: expected '}' */
#else
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, id, ON_UPDATE(CASCADE))))
#endif
