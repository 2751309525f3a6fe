/* An action that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 11 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, id, ON_DELETE(DROP)))) /* expect: DROP */
#else
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, id, ON_DELETE(CASCADE))))
#endif
