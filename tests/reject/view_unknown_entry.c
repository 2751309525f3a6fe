/* An entry that there is not.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW_EXISTING(ids, COLUMN(id, INTEGER), COLUM(x, TEXT)) /* expect: the view ids: there is no entry COLUM(x, TEXT) */
#else
VIEW_EXISTING(ids, COLUMN(id, INTEGER), COLUMN(x, TEXT))
#endif
