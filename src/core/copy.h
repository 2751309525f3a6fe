/* Copying rows with all they point to: strings, bytes, nested rows. */
#pragma once
#include "base/arena.h"
#include "core/driver.h"

/* `count` rows of a plan from `from` to `to`, what they point to into `arena` (NULL if the
 * plan is plain). False: out of memory. */
bool vg__copy_rows(const vg_plan *plan, const void *from, void *to, size_t count,
                   vg_arena *arena);
