/* An entry that PROJECTION does not know.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
PROJECTION(bad, COLUMN(id, users.id)) /* expect: PROJECTION(bad): there is no entry */
#else
PROJECTION(bad, FIELD(id, users.id))
#endif
