/* What the snapshots of one database are as JSON: tables of fields, and what no table says. */
#pragma once
#include "kit/record.h"

typedef struct vgk_format {
    int oldest;           /* the oldest version that is read */
    const char *old_name; /* what the dialect was called in old files; NULL: the same */
    bool ids_first;       /* `id` and `prevId` stand before the version */
    bool strict;          /* a key that is not known is an error */
    /* Of vgk_snapshot: the top, and `_meta`, which lies in the same struct. */
    const vgk_record *top, *meta;
    /* Bring JSON of an older version up to date before it is read; NULL: it is. */
    void (*upgrade)(vg_kit *kit, json_t *json, int version);
    /* After all fields are read or written; NULL: nothing to do. */
    void (*read)(vg_kit *kit, const json_t *json, vgk_snapshot *out);
    void (*write)(vg_kit *kit, const vgk_snapshot *snapshot, json_t *json);
} vgk_format;

extern const vgk_format vgk_sqlite_format, vgk_postgres_format;
