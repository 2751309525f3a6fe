/* What the files of PostgreSQL's dialect of the kit share. */
#pragma once
#include "kit/diff.h"

/* ---- schema.c, schema_objects.c: descriptors ---- */

int vgk_postgres_describe(vg_kit *kit, vgk_snapshot *out, const vg_schema *schema,
                          const vg_shape *t);
void vgk_postgres_column(vg_kit *kit, vgk_column *to, const vg_shape *t,
                         const vg_column *c, bool strict);
void vgk_postgres_table(vg_kit *kit, vgk_snapshot *out, const vg_shape *t);
/* The type that an ENUM of C is, as the schema that is read says. */
const vgk_enum *vgk_postgres_enum_of(vg_kit *kit, const vg_coder *coder);
void vgk_postgres_policy(vg_kit *kit, vgk_policy *to, const char *name,
                         const vg_policy *from);
/* Numbers of a sequence; `least` and `most`: the limits of its type. */
void vgk_postgres_sequence(vg_kit *kit, vgk_sequence *to,
                           const vg_sequence_options *from, const char *least,
                           const char *most);
/* The parameters of "fillfactor = 70, buffering=off" (NULL: none); `camel`: by drizzle-kit's
 * names for those of views, security_barrier is securityBarrier. */
void vgk_postgres_settings(vg_kit *kit, vgk_settings *to, const char *text, bool camel);
