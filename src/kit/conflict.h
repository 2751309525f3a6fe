/* What two branches did to the same file or schema. */
#pragma once
#include "kit/folder.h"
#include <jansson.h>

typedef enum vgk_side { VGK_OURS, VGK_THEIRS } vgk_side;

#define VGK_GIT_CONFLICT \
    "git left a conflict here; `virga rebase` puts our migrations after theirs"

/* The line, from 1, of the first mark of a conflict that git has left; 0: there is none. */
size_t vgk_conflict_line(const char *text, size_t len);

/* The text as one side has it. */
const char *vgk_side_of(vg_kit *kit, const char *text, size_t len, vgk_side side,
                        size_t *out);

/* A snapshot and its companion, also as JSON, which is what is merged. */
typedef struct vgk_document {
    vgk_snapshot snapshot;
    json_t *json, *more;
} vgk_document;

/* Of files; `more` without text: there is no companion. */
int vgk_document_read(vg_kit *kit, const vgk_file *file, const vgk_file *more,
                      vgk_document *out);
/* Of nothing. */
void vgk_document_empty(vg_kit *kit, vgk_document *out);

/* `onto` with what leads from `before` to `after`, by a new id. Where both have
 * changed the same thing `conflicts` gets its path, "tables.users.columns.age". */
int vgk_document_merge(vg_kit *kit, const vgk_document *before,
                       const vgk_document *after, const vgk_document *onto,
                       vgk_document *out, vgk_texts *conflicts);
