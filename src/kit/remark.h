/* What a live database has and a schema cannot say. */
#pragma once
#include "kit/snapshot.h"

/* Add a sentence to the notes. */
void vgk_remark(vg_kit *kit, vgk_snapshot *out, const char *format, ...)
    VG_PRINTF(3, 4);

/* A table has `what`, which a schema cannot say. */
void vgk_unsaid_of(vg_kit *kit, vgk_snapshot *out, const char *table, const char *what);
