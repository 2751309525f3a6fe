/* What of a live database a schema has no say in. */
#pragma once
#include "kit/snapshot.h"

/* The dialect's hook. Schemas that `wanted` does not mention, roles (they are the server's)
 * that neither it nor the configuration names, extensions that it does not name, tables on
 * which it has policies and nothing else. */
void vgk_pg_hide(vg_kit *kit, vgk_snapshot *live, const vgk_snapshot *wanted);

/* The dialect's hook for scratch databases: roles. */
void vgk_pg_hide_shared(vgk_snapshot *live, const vgk_snapshot *wanted);
