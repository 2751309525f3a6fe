/* An entry that a view does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW_EXISTING(ids, COLUMN(id, INTEGER), INDEX(id_idx, id)) /* expect: the view ids: it takes COLUMN and NAME, no keys or indexes */
#else
VIEW_EXISTING(ids, COLUMN(id, INTEGER))
#endif
