/* A trigger on a projection.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TRIGGER(on_add, AFTER, INSERT, card, "select 1") /* expect: TRIGGER(on_add): card is neither a table nor a view */
#else
TRIGGER(on_add, AFTER, INSERT, posts, "select 1")
#endif
