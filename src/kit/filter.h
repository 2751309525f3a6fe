/* Which tables are looked at: the configuration's tables_filter. */
#pragma once
#include "kit/snapshot.h"

/* Whether a table or view of that name is. */
bool vgk_passes(const vg_kit *kit, const char *name);
/* The same for any such filter: of schemas. */
bool vgk_passes_filter(const vg_kit_texts *filter, const char *name);

/* Take out of a snapshot what is not. */
void vgk_filter(const vg_kit *kit, vgk_snapshot *s);
