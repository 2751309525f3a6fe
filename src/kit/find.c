/* Finding in a snapshot by name, and names with a schema. */
#include "kit/snapshot.h"
#include <string.h>

#define FIND(list, wanted)                               \
    for (size_t i = 0; i < (list)->len; i++)             \
        if (strcmp((list)->data[i].name, (wanted)) == 0) \
            return &(list)->data[i];                     \
    return NULL

vgk_table *vgk_find_table(const vgk_snapshot *snapshot, const char *name)
{
    FIND(&snapshot->tables, name);
}

vgk_column *vgk_find_column(const vgk_columns *columns, const char *name)
{
    FIND(columns, name);
}

vgk_index *vgk_find_index(const vgk_indexes *indexes, const char *name)
{
    FIND(indexes, name);
}

vgk_view *vgk_find_view(const vgk_snapshot *snapshot, const char *name)
{
    FIND(&snapshot->views, name);
}

vgk_foreign_key *vgk_find_foreign_key(const vgk_foreign_keys *keys, const char *name)
{
    FIND(keys, name);
}

vgk_check *vgk_find_check(const vgk_checks *checks, const char *name)
{
    FIND(checks, name);
}

vgk_object *vgk_find_object(const vgk_objects *objects, const char *name)
{
    FIND(objects, name);
}

vgk_enum *vgk_find_enum(const vgk_enums *enums, const char *name)
{
    FIND(enums, name);
}

vgk_sequence *vgk_find_sequence(const vgk_sequences *sequences, const char *name)
{
    FIND(sequences, name);
}

vgk_policy *vgk_find_policy(const vgk_policies *policies, const char *name)
{
    FIND(policies, name);
}

bool vgk_has_text(const vgk_texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->len; i++)
        if (strcmp(texts->data[i], text) == 0)
            return true;
    return false;
}

/* ---- names with a schema ---- */

const char *vgk_schema_or_null(const char *schema)
{
    return !schema || !*schema || strcmp(schema, "public") == 0 ? NULL : schema;
}

const char *vgk_qualified(vg_kit *kit, const char *schema, const char *name)
{
    schema = vgk_schema_or_null(schema);
    return schema ? vgk_print(kit, "%s.%s", schema, name) : name;
}

const char *vgk_base_name(const char *name, const char *schema)
{
    return name + (schema ? strlen(schema) + 1 : 0);
}
