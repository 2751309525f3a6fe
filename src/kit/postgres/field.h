/* Types of PostgreSQL as types of a schema. */
#pragma once
#include "kit/dialect.h"

/* The dialect's hook. */
void vgk_pg_field(vg_kit *kit, const vgk_column *column, vgk_field_type *out);

/* The word for a type that is no array; NULL: there is none. */
const char *vgk_pg_word(vg_kit *kit, const char *type);
/* That word, of as many dimensions as `type` has. */
const char *vgk_pg_array(vg_kit *kit, const char *word, const char *type);
