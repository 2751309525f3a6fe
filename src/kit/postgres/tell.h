/* What a schema would be in the server's own words. */
#pragma once
#include "kit/diff.h"

/* The dialect's hook. The server spells expressions, defaults and types in its own way, which
 * depends on types and operators, so it is asked: what `wanted` has is made in schemas of its
 * own, within a transaction that is rolled back, and read as a live database is read. What
 * cannot be made is missing in *out. Whose role may not make schemas gets nothing, and a
 * sentence in *notes. */
int vgk_pg_tell(vg_kit *kit, vg_db *db, const vgk_snapshot *wanted, vgk_snapshot *out,
                vgk_texts *notes);

/* What `wanted` becomes in those schemas (scratch.c). */
typedef struct vgk_pg_scratch {
    vg_kit *kit;
    const vgk_snapshot *wanted;
    vgk_texts
        schemas; /* that both have; the scratch schema of each is called by its place */
    vgk_texts quoted; /* these, as the server quotes them */
} vgk_pg_scratch;

const char *vgk_pg_scratch_name(vg_kit *kit, size_t number);
void vgk_pg_scratch_of(const vgk_pg_scratch *s, vgk_snapshot *out);
/* The names of the scratch schemas in a text that the server wrote, back as they were. */
const char *vgk_pg_scratch_back(const vgk_pg_scratch *s, const char *text);
