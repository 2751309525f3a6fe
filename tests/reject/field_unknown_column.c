/* A FIELD of a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 36 */
/* Each level mentions its operand twice, for the type and for the value. */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, FIELD(e, users.emial)) /* expect: no member named 'emial' */
#else
PROJECTION(bad, FIELD(e, users.email))
#endif
