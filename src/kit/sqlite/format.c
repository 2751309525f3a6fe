/* Snapshots of SQLite: drizzle-kit's version 6, and 5 which is the same to a reader. */
#include "kit/format.h"

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

/* ---- internal: which terms of an index are expressions ---- */

static void read_internal(vg_kit *kit, const json_t *json, vgk_snapshot *out)
{
    (void)kit;
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

const vgk_format vgk_sqlite_format = {
    .oldest = 5,
    .strict = true,
    .top = &top,
    .meta = &meta,
    .read = read_internal,
    .write = write_internal,
};
