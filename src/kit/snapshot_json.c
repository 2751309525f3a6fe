/* Snapshots as JSON: drizzle-kit's format for SQLite, version 6, and 5 upgraded; and beside it
 * the companion file for what that format cannot hold. */
#include "kit/dialect.h"
#include "kit/record.h"
#include <stdlib.h>
#include <string.h>

#define AT(type, member) offsetof(type, member)

static const vgk_record generated = {
    "generated column", sizeof(vgk_generated),
    (const vgk_field[]){{"as", VGK_FIELD_TEXT, 0, AT(vgk_generated, as), NULL},
                        {"type", VGK_FIELD_TEXT, 0, AT(vgk_generated, type), NULL},
                        {0}},
    false};

static const vgk_record column = {
    "column", sizeof(vgk_column),
    (const vgk_field[]){
        {"name", VGK_FIELD_TEXT, 0, AT(vgk_column, name), NULL},
        {"type", VGK_FIELD_TEXT, 0, AT(vgk_column, type), NULL},
        {"primaryKey", VGK_FIELD_BOOL, 0, AT(vgk_column, primary_key), NULL},
        {"notNull", VGK_FIELD_BOOL, 0, AT(vgk_column, not_null), NULL},
        {"autoincrement", VGK_FIELD_BOOL, VGK_MAY_BE_ABSENT,
         AT(vgk_column, autoincrement), NULL},
        {"default", VGK_FIELD_DEFAULT, VGK_OMIT, AT(vgk_column, value), NULL},
        {"generated", VGK_FIELD_RECORD, VGK_OMIT, AT(vgk_column, generated),
         &generated},
        {0}},
    false};

static const vgk_record an_index = {
    "index", sizeof(vgk_index),
    (const vgk_field[]){{"name", VGK_FIELD_TEXT, 0, AT(vgk_index, name), NULL},
                        {"columns", VGK_FIELD_TERMS, 0, AT(vgk_index, columns), NULL},
                        {"isUnique", VGK_FIELD_BOOL, 0, AT(vgk_index, unique), NULL},
                        {"where", VGK_FIELD_TEXT, VGK_OMIT, AT(vgk_index, where), NULL},
                        {0}},
    false};

static const vgk_record foreign_key = {
    "foreign key", sizeof(vgk_foreign_key),
    (const vgk_field[]){
        {"name", VGK_FIELD_TEXT, 0, AT(vgk_foreign_key, name), NULL},
        {"tableFrom", VGK_FIELD_TEXT, 0, AT(vgk_foreign_key, table_from), NULL},
        {"tableTo", VGK_FIELD_TEXT, 0, AT(vgk_foreign_key, table_to), NULL},
        {"columnsFrom", VGK_FIELD_TEXTS, 0, AT(vgk_foreign_key, columns_from), NULL},
        {"columnsTo", VGK_FIELD_TEXTS, 0, AT(vgk_foreign_key, columns_to), NULL},
        {"onDelete", VGK_FIELD_TEXT, VGK_MAY_BE_ABSENT, AT(vgk_foreign_key, on_delete),
         NULL},
        {"onUpdate", VGK_FIELD_TEXT, VGK_MAY_BE_ABSENT, AT(vgk_foreign_key, on_update),
         NULL},
        {0}},
    false};

static const vgk_record key = {
    "key", sizeof(vgk_key),
    (const vgk_field[]){
        {"columns", VGK_FIELD_TEXTS, 0, AT(vgk_key, columns), NULL},
        {"name", VGK_FIELD_TEXT, VGK_MAY_BE_ABSENT, AT(vgk_key, name), NULL},
        {0}},
    false};

static const vgk_record check = {
    "check", sizeof(vgk_check),
    (const vgk_field[]){{"name", VGK_FIELD_TEXT, 0, AT(vgk_check, name), NULL},
                        {"value", VGK_FIELD_TEXT, 0, AT(vgk_check, value), NULL},
                        {0}},
    false};

static const vgk_record table = {
    "table", sizeof(vgk_table),
    (const vgk_field[]){
        {"name", VGK_FIELD_TEXT, 0, AT(vgk_table, name), NULL},
        {"columns", VGK_FIELD_MAP, 0, AT(vgk_table, columns), &column},
        {"indexes", VGK_FIELD_MAP, 0, AT(vgk_table, indexes), &an_index},
        {"foreignKeys", VGK_FIELD_MAP, 0, AT(vgk_table, foreign_keys), &foreign_key},
        {"compositePrimaryKeys", VGK_FIELD_MAP, 0, AT(vgk_table, primary_keys), &key},
        {"uniqueConstraints", VGK_FIELD_MAP, VGK_MAY_BE_ABSENT, AT(vgk_table, uniques),
         &key},
        {"checkConstraints", VGK_FIELD_MAP, VGK_MAY_BE_ABSENT, AT(vgk_table, checks),
         &check},
        {0}},
    false};

static const vgk_record view = {
    "view", sizeof(vgk_view),
    (const vgk_field[]){
        {"columns", VGK_FIELD_MAP, 0, AT(vgk_view, columns), &column},
        {"name", VGK_FIELD_TEXT, 0, AT(vgk_view, name), NULL},
        {"isExisting", VGK_FIELD_BOOL, 0, AT(vgk_view, existing), NULL},
        {"definition", VGK_FIELD_TEXT, VGK_OMIT, AT(vgk_view, definition), NULL},
        {0}},
    false};

static const vgk_record meta = {
    "_meta", sizeof(vgk_snapshot),
    (const vgk_field[]){
        {"schemas", VGK_FIELD_EMPTY, VGK_MAY_BE_ABSENT, 0, NULL},
        {"tables", VGK_FIELD_RENAMES, 0, AT(vgk_snapshot, renamed_tables), NULL},
        {"columns", VGK_FIELD_RENAMES, 0, AT(vgk_snapshot, renamed_columns), NULL},
        {0}},
    false};

/* A snapshot's top: `_meta` lies in the same struct, so it is no field but done by hand, as
 * are the version and `internal`. */
static const vgk_record top = {
    "snapshot", sizeof(vgk_snapshot),
    (const vgk_field[]){
        {"id", VGK_FIELD_TEXT, 0, AT(vgk_snapshot, id), NULL},
        {"prevId", VGK_FIELD_TEXT, 0, AT(vgk_snapshot, prev_id), NULL},
        {"tables", VGK_FIELD_MAP, 0, AT(vgk_snapshot, tables), &table},
        {"views", VGK_FIELD_MAP, VGK_MAY_BE_ABSENT, AT(vgk_snapshot, views), &view},
        {"enums", VGK_FIELD_EMPTY, 0, 0, NULL},
        {0}},
    true};

/* Keys of a snapshot beside the fields of `top`. */
static bool is_top_key(const char *name)
{
    static const char *const names[] = {"version", "dialect", "_meta", "internal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    for (const vgk_field *f = top.fields; f->kind; f++)
        if (strcmp(f->key, name) == 0)
            return true;
    return false;
}

/* ---- reading ---- */

/* "6" of "version"; 0 if it is none. */
static int version_of(const json_t *json)
{
    const json_t *version = json_object_get(json, "version");
    const char *text = json_is_string(version) ? json_string_value(version) : "";
    size_t len = strlen(text);
    return len > 0 && len < 4 && strspn(text, "0123456789") == len
               ? (int)strtol(text, NULL, 10)
               : 0;
}

static int check_head(vg_kit *kit, const json_t *json, const char *path, int *version)
{
    int newest = (int)strtol(kit->dialect->snapshot_version, NULL, 10);
    const json_t *dialect = json_object_get(json, "dialect");
    if (!json_is_object(json))
        return vgk_fail(kit, VG_INVALID, "%s: malformed: a snapshot is an object",
                        path);
    *version = version_of(json);
    if (json_is_string(dialect) &&
        strcmp(json_string_value(dialect), kit->dialect->name) != 0)
        return vgk_fail(kit, VG_INVALID,
                        "%s: it is a snapshot for %s, not for %s; set \"dialect\"",
                        path, json_string_value(dialect), kit->dialect->name);
    if (*version > newest)
        return vgk_fail(kit, VG_UNSUPPORTED,
                        "%s: version %d is newer than this virga (%d); use a newer one",
                        path, *version, newest);
    if (*version < newest - 1)
        return vgk_fail(kit, VG_INVALID, "%s: malformed: no version that is known",
                        path);
    return VG_OK;
}

/* Mark the expressions that `internal` names. */
static void read_internal(const json_t *json, vgk_snapshot *out)
{
    const json_t *all = json_object_get(json_object_get(json, "internal"), "indexes");
    for (size_t t = 0; t < out->tables.len; t++) {
        vgk_indexes *indexes = &out->tables.data[t].indexes;
        for (size_t i = 0; i < indexes->len; i++) {
            vgk_index_columns *columns = &indexes->data[i].columns;
            const json_t *marks =
                json_object_get(json_object_get(all, indexes->data[i].name), "columns");
            for (size_t c = 0; c < columns->len; c++)
                columns->data[c].is_expression = json_is_true(json_object_get(
                    json_object_get(marks, columns->data[c].text), "isExpression"));
        }
    }
}

/* What may be left out has a meaning of its own. */
static void fill_in(vgk_snapshot *s)
{
    for (size_t t = 0; t < s->tables.len; t++) {
        vgk_foreign_keys *keys = &s->tables.data[t].foreign_keys;
        for (size_t i = 0; i < keys->len; i++) {
            vgk_foreign_key *k = &keys->data[i];
            k->on_delete = k->on_delete ? k->on_delete : "no action";
            k->on_update = k->on_update ? k->on_update : "no action";
        }
        vgk_keys *primary = &s->tables.data[t].primary_keys;
        for (size_t i = 0; i < primary->len; i++)
            primary->data[i].name = primary->data[i].name ? primary->data[i].name : "";
    }
}

int vgk_snapshot_read(vg_kit *kit, const char *text, size_t len, const char *path,
                      vgk_snapshot *out, int *version)
{
    int found = 0;
    *out = (vgk_snapshot){.id = "", .prev_id = ""};
    json_t *json = vgk_json_read(kit, text, len, path);
    if (!json)
        return kit->code;
    int rc = check_head(kit, json, path, &found);
    if (version)
        *version = found;
    for (void *it = json_object_iter(json); rc == VG_OK && it;
         it = json_object_iter_next(json, it))
        if (!is_top_key(json_object_iter_key(it)))
            rc = vgk_fail(kit, VG_INVALID,
                          "%s: malformed: it has a key \"%s\" that no snapshot has",
                          path, json_object_iter_key(it));
    if (rc == VG_OK && !json_object_get(json, "_meta"))
        rc = vgk_fail(kit, VG_INVALID, "%s: malformed: it has no \"_meta\"", path);
    if (rc == VG_OK)
        rc = vgk_record_read(kit, &top, json, path, "snapshot", out);
    if (rc == VG_OK)
        rc = vgk_record_read(kit, &meta, json_object_get(json, "_meta"), path, "_meta",
                             out);
    if (rc == VG_OK) {
        read_internal(json, out);
        fill_in(out);
    }
    vgk_release(kit, json);
    return rc;
}

/* ---- writing ---- */

static void free_json(void *json)
{
    json_decref(json);
}

static json_t *new_object(vg_kit *kit)
{
    json_t *json = json_object();
    if (!json)
        vgk_no_memory(kit);
    vgk_own(kit, json, free_json);
    return json;
}

static json_t *child(vg_kit *kit, json_t *parent, const char *name)
{
    json_t *at = json_object_get(parent, name);
    if (!at)
        vgk_json_put(kit, parent, name, at = json_object());
    return at;
}

static void write_internal(vg_kit *kit, const vgk_snapshot *s, json_t *json)
{
    json_t *all = child(kit, child(kit, json, "internal"), "indexes");
    for (size_t t = 0; t < s->tables.len; t++) {
        const vgk_indexes *indexes = &s->tables.data[t].indexes;
        for (size_t i = 0; i < indexes->len; i++) {
            const vgk_index_columns *columns = &indexes->data[i].columns;
            for (size_t c = 0; c < columns->len; c++) {
                if (!columns->data[c].is_expression)
                    continue;
                json_t *marks =
                    child(kit, child(kit, all, indexes->data[i].name), "columns");
                vgk_json_put(kit, child(kit, marks, columns->data[c].text),
                             "isExpression", json_true());
            }
        }
    }
}

const char *vgk_snapshot_write(vg_kit *kit, const vgk_snapshot *snapshot, size_t *len)
{
    json_t *json = new_object(kit);
    vgk_json_put(kit, json, "version", json_string(kit->dialect->snapshot_version));
    vgk_json_put(kit, json, "dialect", json_string(kit->dialect->name));
    vgk_record_write(kit, &top, snapshot, json);
    vgk_record_write(kit, &meta, snapshot, child(kit, json, "_meta"));
    write_internal(kit, snapshot, json);
    const char *text = vgk_json_write(kit, json, len);
    vgk_release(kit, json);
    return text;
}

/* ---- the companion ---- */

typedef struct table_more {
    const char *name;
    bool strict, without_rowid;
} table_more;

typedef struct companion {
    struct table_mores {
        table_more *data;
        size_t len;
    } tables;
    vgk_objects triggers, virtual_tables;
} companion;

static const vgk_record more_table = {
    "table", sizeof(table_more),
    (const vgk_field[]){
        {"name", VGK_FIELD_TEXT, 0, AT(table_more, name), NULL},
        {"strict", VGK_FIELD_BOOL, VGK_OMIT, AT(table_more, strict), NULL},
        {"withoutRowid", VGK_FIELD_BOOL, VGK_OMIT, AT(table_more, without_rowid), NULL},
        {0}},
    true};

static const vgk_record object = {
    "object", sizeof(vgk_object),
    (const vgk_field[]){{"name", VGK_FIELD_TEXT, 0, AT(vgk_object, name), NULL},
                        {"table", VGK_FIELD_TEXT, 0, AT(vgk_object, table), NULL},
                        {"sql", VGK_FIELD_TEXT, 0, AT(vgk_object, sql), NULL},
                        {"fill", VGK_FIELD_TEXT, VGK_OMIT, AT(vgk_object, fill), NULL},
                        {0}},
    true};

static const vgk_record more = {
    "companion file", sizeof(companion),
    (const vgk_field[]){
        {"tables", VGK_FIELD_MAP, VGK_OMIT, AT(companion, tables), &more_table},
        {"virtualTables", VGK_FIELD_MAP, VGK_OMIT, AT(companion, virtual_tables),
         &object},
        {"triggers", VGK_FIELD_MAP, VGK_OMIT, AT(companion, triggers), &object},
        {0}},
    true};

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
        if (!t)
            continue;
        t->strict = c.tables.data[i].strict;
        t->without_rowid = c.tables.data[i].without_rowid;
    }
    into->triggers = c.triggers;
    into->virtual_tables = c.virtual_tables;
    vgk_release(kit, json);
    return rc;
}

const char *vgk_companion_write(vg_kit *kit, const vgk_snapshot *snapshot, size_t *len)
{
    companion c = {.triggers = snapshot->triggers,
                   .virtual_tables = snapshot->virtual_tables};
    for (size_t i = 0; i < snapshot->tables.len; i++) {
        const vgk_table *t = &snapshot->tables.data[i];
        if (t->strict || t->without_rowid)
            *VGK_ADD(kit, &c.tables) =
                (table_more){t->name, t->strict, t->without_rowid};
    }
    if (!c.tables.len && !c.triggers.len && !c.virtual_tables.len)
        return NULL;
    json_t *json = new_object(kit);
    vgk_record_write(kit, &more, &c, json);
    const char *text = vgk_json_write(kit, json, len);
    vgk_release(kit, json);
    return text;
}
