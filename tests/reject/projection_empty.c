/* A PROJECTION of nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
PROJECTION(bare) /* expect: PROJECTION(bare): there is no entry at all */
#else
PROJECTION(bare, FIELD(id, users.id))
#endif
