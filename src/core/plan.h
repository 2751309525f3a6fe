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
