/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TRIGGER(on_edit, AFTER, UPDATE_OF(titel), posts, "select 1") /* expect: titel */
#else
TRIGGER(on_edit, AFTER, UPDATE_OF(title), posts, "select 1")
#endif
