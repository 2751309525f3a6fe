/* The companion file: what drizzle-kit's snapshot cannot hold. One format for all databases;
 * what is not said is not there. */
#include "kit/record.h"
#include <string.h>

#define FIELD(type, key, kind, flags, member)                      \
    {                                                              \
        key, VGK_FIELD_##kind, flags, offsetof(type, member), NULL \
    }
#define MAP(type, key, member, of)                               \
    {                                                            \
        key, VGK_FIELD_MAP, VGK_OMIT, offsetof(type, member), of \
    }

/* Of a table: of its parts those that have more to say, and of these only what it is. */
typedef struct table_more {
    const char *name;
    bool strict, without_rowid, force_row_security;
    const char *partition_by;
    vgk_indexes indexes;
    vgk_foreign_keys foreign_keys;
    vgk_keys keys; /* primary and unique */
    vgk_excludes excludes;
} table_more;

typedef struct table_mores {
    table_more *data;
    size_t len;
} table_mores;

typedef struct companion {
    table_mores tables;
    vgk_objects triggers, virtual_tables;
    vgk_extensions extensions;
} companion;

static const vgk_record more_index = {
    "index", sizeof(vgk_index),
    (const vgk_field[]){
        FIELD(vgk_index, "name", TEXT, 0, name),
        FIELD(vgk_index, "include", TEXTS, VGK_OMIT, include),
        FIELD(vgk_index, "only", BOOL, VGK_OMIT, only),
        FIELD(vgk_index, "nullsNotDistinct", BOOL, VGK_OMIT, nulls_not_distinct),
        {0}},
    true};

static const vgk_record more_foreign_key = {
    "foreign key", sizeof(vgk_foreign_key),
    (const vgk_field[]){
        FIELD(vgk_foreign_key, "name", TEXT, 0, name),
        FIELD(vgk_foreign_key, "deferrable", TEXT, VGK_OMIT, deferrable),
        {0}},
    true};

static const vgk_record more_key = {
    "key", sizeof(vgk_key),
    (const vgk_field[]){FIELD(vgk_key, "name", TEXT, 0, name),
                        FIELD(vgk_key, "deferrable", TEXT, VGK_OMIT, deferrable),
                        FIELD(vgk_key, "include", TEXTS, VGK_OMIT, include),
                        {0}},
    true};

static const vgk_record exclude = {
    "exclusion", sizeof(vgk_exclude),
    (const vgk_field[]){FIELD(vgk_exclude, "name", TEXT, 0, name),
                        FIELD(vgk_exclude, "definition", TEXT, 0, definition),
                        {0}},
    true};

static const vgk_record more_table = {
    "table", sizeof(table_more),
    (const vgk_field[]){
        FIELD(table_more, "name", TEXT, 0, name),
        FIELD(table_more, "strict", BOOL, VGK_OMIT, strict),
        FIELD(table_more, "withoutRowid", BOOL, VGK_OMIT, without_rowid),
        FIELD(table_more, "forceRowSecurity", BOOL, VGK_OMIT, force_row_security),
        FIELD(table_more, "partitionBy", TEXT, VGK_OMIT, partition_by),
        MAP(table_more, "indexes", indexes, &more_index),
        MAP(table_more, "foreignKeys", foreign_keys, &more_foreign_key),
        MAP(table_more, "keys", keys, &more_key),
        MAP(table_more, "excludes", excludes, &exclude),
        {0}},
    true};

static const vgk_record object = {
    "object", sizeof(vgk_object),
    (const vgk_field[]){FIELD(vgk_object, "name", TEXT, 0, name),
                        FIELD(vgk_object, "table", TEXT, 0, table),
                        FIELD(vgk_object, "sql", TEXT, 0, sql),
                        FIELD(vgk_object, "fill", TEXT, VGK_OMIT, fill),
                        {0}},
    true};

static const vgk_record extension = {
    "extension", sizeof(vgk_extension),
    (const vgk_field[]){FIELD(vgk_extension, "name", TEXT, 0, name),
                        FIELD(vgk_extension, "schema", TEXT, VGK_OMIT, schema),
                        FIELD(vgk_extension, "version", TEXT, VGK_OMIT, version),
                        {0}},
    true};

static const vgk_record more = {
    "companion file", sizeof(companion),
    (const vgk_field[]){MAP(companion, "tables", tables, &more_table),
                        MAP(companion, "virtualTables", virtual_tables, &object),
                        MAP(companion, "triggers", triggers, &object),
                        MAP(companion, "extensions", extensions, &extension),
                        {0}},
    true};

/* ---- reading ---- */

static vgk_key *find_key(const vgk_keys *keys, const char *name)
{
    for (size_t i = 0; i < keys->len; i++)
        if (strcmp(keys->data[i].name, name) == 0)
            return &keys->data[i];
    return NULL;
}

static void read_parts(const table_more *m, vgk_table *t)
{
    for (size_t i = 0; i < m->indexes.len; i++) {
        const vgk_index *from = &m->indexes.data[i];
        vgk_index *to = vgk_find_index(&t->indexes, from->name);
        if (!to)
            continue;
        to->include = from->include;
        to->only = from->only;
        to->nulls_not_distinct = from->nulls_not_distinct;
    }
    for (size_t i = 0; i < m->foreign_keys.len; i++) {
        const vgk_foreign_key *from = &m->foreign_keys.data[i];
        vgk_foreign_key *to = vgk_find_foreign_key(&t->foreign_keys, from->name);
        if (to)
            to->deferrable = from->deferrable;
    }
    for (size_t i = 0; i < m->keys.len; i++) {
        const vgk_key *from = &m->keys.data[i];
        vgk_key *to = find_key(&t->uniques, from->name);
        to = to ? to : find_key(&t->primary_keys, from->name);
        if (!to)
            continue;
        to->deferrable = from->deferrable;
        to->include = from->include;
    }
}

static void read_table(const table_more *m, vgk_table *t)
{
    t->strict = m->strict;
    t->without_rowid = m->without_rowid;
    t->force_row_security = m->force_row_security;
    t->partition_by = m->partition_by;
    t->excludes = m->excludes;
    read_parts(m, t);
}

int vgk_companion_read(vg_kit *kit, const char *text, size_t len, const char *path,
                       vgk_snapshot *into)
{
    companion c = {0};
    json_t *json = vgk_json_read(kit, text, len, path);
    if (!json)
        return kit->code;
    int rc = vgk_record_read(kit, &more, json, path, "companion", &c);
    for (size_t i = 0; rc == VG_OK && i < c.tables.len; i++) {
        vgk_table *t = vgk_find_table(into, c.tables.data[i].name);
        if (t)
            read_table(&c.tables.data[i], t);
    }
    into->triggers = c.triggers;
    into->virtual_tables = c.virtual_tables;
    into->extensions = c.extensions;
    vgk_release(kit, json);
    return rc;
}

/* ---- writing ---- */

static void more_of_keys(vg_kit *kit, const vgk_keys *keys, vgk_keys *out)
{
    for (size_t i = 0; i < keys->len; i++)
        if (keys->data[i].deferrable || keys->data[i].include.len)
            *VGK_ADD(kit, out) = keys->data[i];
}

static bool more_of(vg_kit *kit, const vgk_table *t, table_more *m)
{
    *m = (table_more){.name = t->name,
                      .strict = t->strict,
                      .without_rowid = t->without_rowid,
                      .force_row_security = t->force_row_security,
                      .partition_by = t->partition_by,
                      .excludes = t->excludes};
    for (size_t i = 0; i < t->indexes.len; i++) {
        const vgk_index *x = &t->indexes.data[i];
        if (x->include.len || x->only || x->nulls_not_distinct)
            *VGK_ADD(kit, &m->indexes) = *x;
    }
    for (size_t i = 0; i < t->foreign_keys.len; i++)
        if (t->foreign_keys.data[i].deferrable)
            *VGK_ADD(kit, &m->foreign_keys) = t->foreign_keys.data[i];
    more_of_keys(kit, &t->primary_keys, &m->keys);
    more_of_keys(kit, &t->uniques, &m->keys);
    return m->strict || m->without_rowid || m->force_row_security || m->partition_by ||
           m->excludes.len || m->indexes.len || m->foreign_keys.len || m->keys.len;
}

const char *vgk_companion_write(vg_kit *kit, const vgk_snapshot *snapshot, size_t *len)
{
    companion c = {.triggers = snapshot->triggers,
                   .virtual_tables = snapshot->virtual_tables,
                   .extensions = snapshot->extensions};
    for (size_t i = 0; i < snapshot->tables.len; i++) {
        table_more m;
        if (more_of(kit, &snapshot->tables.data[i], &m))
            *VGK_ADD(kit, &c.tables) = m;
    }
    if (!c.tables.len && !c.triggers.len && !c.virtual_tables.len && !c.extensions.len)
        return NULL;
    json_t *json = vgk_json_object(kit);
    vgk_record_write(kit, &more, &c, json);
    const char *text = vgk_json_write(kit, json, len);
    vgk_release(kit, json);
    return text;
}
