/* A modifier that a view's column cannot have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW_SQL(ids, "select id from posts", COLUMN(id, INTEGER, PRIMARY_KEY)) /* expect: the view ids: its columns take the modifiers NOT_NULL, NAME and MODE only */
#else
VIEW_SQL(ids, "select id from posts", COLUMN(id, INTEGER, NOT_NULL))
#endif
