/* lines: 15 */
/* A rule for a column that is not there.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"


#ifndef GOOD
RULE(users, emial, EMAIL) /* expect: emial */
#else
RULE(users, email, EMAIL)
#endif
