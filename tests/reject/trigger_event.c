/* An event that there is not.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TRIGGER(on_add, AFTER, SELECT, posts, "select 1") /* expect: UPDATE_OF(column, ...) or DELETE, not SELECT */
#else
TRIGGER(on_add, AFTER, DELETE, posts, "select 1")
#endif
