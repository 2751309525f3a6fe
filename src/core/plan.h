/* Plans: how each column of a result becomes a field of the row. */
#pragma once
#include "core/driver.h"
#include "core/parts.h"

/* The slots that a statement's rows need; 0 for a statement without rows. */
size_t vg__plan_slots(const vg_parts *parts);

/* Whether two queries yield rows that a set operation can mix: as many columns, of the same
 * types, NULL only where the first may have it. If not, `why` says so. */
bool vg__plan_alike(const vg_parts *first, const vg_parts *other, char *why,
                    size_t room);

/* Fill a plan whose `slots` has that much room. */
void vg__plan_make(vg_plan *plan, const vg_parts *parts);

/* Clear what no column of a plan fills in some rows. In debug builds what was not loaded is
 * no NULL but points to nowhere, so that who looks without asking VG_LOADED is stopped. */
void vg__plan_clear(const vg_plan *plan, void *rows, size_t count);

static inline void vg__plan_blank(const vg_plan *plan, void *rows, size_t count)
{
    if (plan->blank_size)
        vg__plan_clear(plan, rows, count);
}
