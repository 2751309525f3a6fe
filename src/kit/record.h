/* Records: what a struct of the model is in JSON, as a table. Reading, writing and the checks
 * are one interpreter over these tables (record.c), so a format is data. */
#pragma once
#include "kit/json.h"
#include "kit/snapshot.h"

typedef enum vgk_field_kind {
    VGK_FIELD_END,
    VGK_FIELD_TEXT,    /* const char * */
    VGK_FIELD_BOOL,    /* bool */
    VGK_FIELD_TEXTS,   /* vgk_texts: [ ... ] */
    VGK_FIELD_DEFAULT, /* vgk_default: a string, number or boolean */
    VGK_FIELD_RECORD,  /* pointer to a struct of `of`: { ... } */
    VGK_FIELD_MAP,   /* list of structs of `of`, by their names: { "name": { ... } } */
    VGK_FIELD_TERMS, /* vgk_index_columns: only their texts */
    VGK_FIELD_RENAMES,  /* vgk_rename_texts: { "from": "to" } */
    VGK_FIELD_EMPTY,    /* {}, always; whatever is read is forgotten */
    VGK_FIELD_LIST,     /* list of structs of `of`: [ { ... } ] */
    VGK_FIELD_NAMES,    /* list of structs whose names are all: { "name": "name" } */
    VGK_FIELD_SETTINGS, /* vgk_settings: { "name": a default } */
    VGK_FIELD_NOT,      /* bool that JSON has the other way round */
    VGK_FIELD_NAME,     /* a name without its schema, which is the next member */
    VGK_FIELD_SCHEMA,   /* a schema; NULL is "" */
    VGK_FIELD_PUBLIC,   /* a schema; NULL is "public" */
    VGK_FIELD_IGNORED   /* read and forgotten, never written */
} vgk_field_kind;

enum {
    VGK_MAY_BE_ABSENT = 1, /* when read; it is written all the same */
    VGK_OMIT = 2,          /* also not written when NULL, false or empty */
    VGK_OMIT_SET = 4,      /* may be absent; not written when it is not so */
    VGK_QUALIFIED = 8 /* MAP: by schema and name, of structs that begin with both */
};

typedef struct vgk_field {
    const char *key;
    vgk_field_kind kind;
    unsigned flags;
    size_t offset;
    const struct vgk_record *of;
} vgk_field;

typedef struct vgk_record {
    const char *what; /* for messages: "column" */
    size_t size;
    const vgk_field
        *fields; /* ended by VGK_FIELD_END; a map's struct has its name first */
    bool more;   /* unknown keys are skipped, not refused */
} vgk_record;

/* Read `json` into `out`, which is zeroed. `where` says where it stands ("tables.users") and
 * `path` in which file. VG_INVALID: malformed. */
int vgk_record_read(vg_kit *kit, const vgk_record *record, const json_t *json,
                    const char *path, const char *where, void *out);

/* Append the fields of `from` to the object `json`. */
void vgk_record_write(vg_kit *kit, const vgk_record *record, const void *from,
                      json_t *json);

/* Put `value`, whose reference is taken, into `object`; no memory: vgk_no_memory. */
void vgk_json_put(vg_kit *kit, json_t *object, const char *key, json_t *value);
