/* Column types of PostgreSQL. */
#pragma once
#include "kit/postgres/catalog.h"

/* out->type and out->type_schema, as drizzle-kit spells them. */
void vgk_pg_type(vg_kit *kit, const struct vgk_pg_attribute *a, vgk_column *out);
bool vgk_pg_is_number(const char *type);
/* Whether two types are the same but for spelling: int4 and integer, sizes of arrays. */
bool vgk_pg_same_type(const char *a, const char *b);
