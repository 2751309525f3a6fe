/* Plans: how each column of a result becomes a field of the row. */
#pragma once
#include "core/driver.h"
#include "core/parts.h"

/* The slots that a statement's rows need; 0 for a statement without rows. */
size_t vg__plan_slots(const vg_parts *parts);

/* Fill a plan whose `slots` has that much room. */
void vg__plan_make(vg_plan *plan, const vg_parts *parts);
