/* Snapshots of PostgreSQL: drizzle-kit's version 7, and 5 and 6 brought up to it. */
#include "kit/format.h"
#include <string.h>

#define AT(type, member) offsetof(type, member)
#define FIELD(type, key, kind, flags, member)                \
    {                                                        \
        key, VGK_FIELD_##kind, flags, AT(type, member), NULL \
    }
#define OF(type, key, kind, flags, member, of)             \
    {                                                      \
        key, VGK_FIELD_##kind, flags, AT(type, member), of \
    }
/* What drizzle-kit allows and does not write. */
#define IGNORED(key)                                       \
    {                                                      \
        key, VGK_FIELD_IGNORED, VGK_MAY_BE_ABSENT, 0, NULL \
    }

/* ---- columns ---- */

static const vgk_record generated = {
    "generated column", sizeof(vgk_generated),
    (const vgk_field[]){FIELD(vgk_generated, "as", TEXT, 0, as),
                        FIELD(vgk_generated, "type", TEXT, 0, type),
                        {0}},
    false};

static const vgk_record identity = {
    "identity", sizeof(vgk_identity),
    (const vgk_field[]){
        FIELD(vgk_identity, "type", TEXT, 0, type),
        FIELD(vgk_identity, "name", TEXT, 0, sequence.name),
        FIELD(vgk_identity, "schema", PUBLIC, VGK_MAY_BE_ABSENT, sequence.schema),
        FIELD(vgk_identity, "increment", TEXT, VGK_OMIT, sequence.increment),
        FIELD(vgk_identity, "startWith", TEXT, VGK_OMIT, sequence.start),
        FIELD(vgk_identity, "minValue", TEXT, VGK_OMIT, sequence.min),
        FIELD(vgk_identity, "maxValue", TEXT, VGK_OMIT, sequence.max),
        FIELD(vgk_identity, "cache", TEXT, VGK_OMIT, sequence.cache),
        FIELD(vgk_identity, "cycle", BOOL, VGK_MAY_BE_ABSENT, sequence.cycle),
        {0}},
    false};

static const vgk_record column = {
    "column", sizeof(vgk_column),
    (const vgk_field[]){
        FIELD(vgk_column, "name", TEXT, 0, name),
        FIELD(vgk_column, "type", TEXT, 0, type),
        FIELD(vgk_column, "typeSchema", TEXT, VGK_OMIT, type_schema),
        FIELD(vgk_column, "primaryKey", BOOL, 0, primary_key),
        FIELD(vgk_column, "notNull", BOOL, 0, not_null),
        OF(vgk_column, "generated", RECORD, VGK_OMIT, generated, &generated),
        OF(vgk_column, "identity", RECORD, VGK_OMIT, identity, &identity),
        FIELD(vgk_column, "default", DEFAULT, VGK_OMIT, value),
        IGNORED("isUnique"),
        IGNORED("uniqueName"),
        IGNORED("nullsNotDistinct"),
        {0}},
    false};

/* ---- indexes and constraints ---- */

/* drizzle-kit says of an expression that it is one behind `asc`, of a column before it. */
static const vgk_record term = {
    "index column", sizeof(vgk_index_column),
    (const vgk_field[]){
        FIELD(vgk_index_column, "expression", TEXT, 0, text),
        FIELD(vgk_index_column, "isExpression", BOOL, VGK_OMIT_SET, is_expression),
        FIELD(vgk_index_column, "asc", NOT, 0, desc),
        FIELD(vgk_index_column, "isExpression", BOOL, VGK_OMIT, is_expression),
        FIELD(vgk_index_column, "nulls", TEXT, VGK_OMIT, nulls),
        FIELD(vgk_index_column, "opclass", TEXT, VGK_OMIT, opclass),
        IGNORED("opClass"),
        {0}},
    false};

static const vgk_record an_index = {
    "index", sizeof(vgk_index),
    (const vgk_field[]){
        FIELD(vgk_index, "name", TEXT, 0, name),
        OF(vgk_index, "columns", LIST, 0, columns, &term),
        FIELD(vgk_index, "isUnique", BOOL, 0, unique),
        FIELD(vgk_index, "where", TEXT, VGK_OMIT, where),
        FIELD(vgk_index, "concurrently", BOOL, VGK_MAY_BE_ABSENT, concurrently),
        FIELD(vgk_index, "method", TEXT, VGK_MAY_BE_ABSENT, method),
        FIELD(vgk_index, "with", SETTINGS, VGK_MAY_BE_ABSENT, with),
        {0}},
    false};

static const vgk_record foreign_key = {
    "foreign key", sizeof(vgk_foreign_key),
    (const vgk_field[]){
        FIELD(vgk_foreign_key, "name", TEXT, 0, name),
        FIELD(vgk_foreign_key, "tableFrom", TEXT, 0, table_from),
        FIELD(vgk_foreign_key, "tableTo", NAME, 0, table_to),
        FIELD(vgk_foreign_key, "schemaTo", SCHEMA, VGK_OMIT, schema_to),
        FIELD(vgk_foreign_key, "columnsFrom", TEXTS, 0, columns_from),
        FIELD(vgk_foreign_key, "columnsTo", TEXTS, 0, columns_to),
        FIELD(vgk_foreign_key, "onDelete", TEXT, VGK_MAY_BE_ABSENT, on_delete),
        FIELD(vgk_foreign_key, "onUpdate", TEXT, VGK_MAY_BE_ABSENT, on_update),
        {0}},
    false};

static const vgk_record primary_key = {
    "primary key", sizeof(vgk_key),
    (const vgk_field[]){FIELD(vgk_key, "name", TEXT, VGK_MAY_BE_ABSENT, name),
                        FIELD(vgk_key, "columns", TEXTS, 0, columns),
                        {0}},
    false};

static const vgk_record unique = {
    "unique constraint", sizeof(vgk_key),
    (const vgk_field[]){
        FIELD(vgk_key, "name", TEXT, 0, name),
        FIELD(vgk_key, "nullsNotDistinct", BOOL, VGK_MAY_BE_ABSENT, nulls_not_distinct),
        FIELD(vgk_key, "columns", TEXTS, 0, columns),
        {0}},
    false};

static const vgk_record check = {
    "check", sizeof(vgk_check),
    (const vgk_field[]){FIELD(vgk_check, "name", TEXT, 0, name),
                        FIELD(vgk_check, "value", TEXT, 0, value),
                        {0}},
    false};

static const vgk_record policy = {
    "policy", sizeof(vgk_policy),
    (const vgk_field[]){FIELD(vgk_policy, "name", TEXT, 0, name),
                        FIELD(vgk_policy, "as", TEXT, VGK_MAY_BE_ABSENT, as),
                        FIELD(vgk_policy, "for", TEXT, VGK_MAY_BE_ABSENT, command),
                        FIELD(vgk_policy, "to", TEXTS, VGK_MAY_BE_ABSENT, to),
                        FIELD(vgk_policy, "using", TEXT, VGK_OMIT, using_sql),
                        FIELD(vgk_policy, "withCheck", TEXT, VGK_OMIT, with_check),
                        FIELD(vgk_policy, "schema", TEXT, VGK_OMIT, schema),
                        FIELD(vgk_policy, "on", TEXT, VGK_OMIT, on),
                        {0}},
    false};

/* ---- what has a name of its own ---- */

static const vgk_record table = {
    "table", sizeof(vgk_table),
    (const vgk_field[]){
        FIELD(vgk_table, "name", NAME, 0, name),
        FIELD(vgk_table, "schema", SCHEMA, VGK_MAY_BE_ABSENT, schema),
        OF(vgk_table, "columns", MAP, 0, columns, &column),
        OF(vgk_table, "indexes", MAP, 0, indexes, &an_index),
        OF(vgk_table, "foreignKeys", MAP, 0, foreign_keys, &foreign_key),
        OF(vgk_table, "compositePrimaryKeys", MAP, 0, primary_keys, &primary_key),
        OF(vgk_table, "uniqueConstraints", MAP, VGK_MAY_BE_ABSENT, uniques, &unique),
        OF(vgk_table, "policies", MAP, VGK_MAY_BE_ABSENT, policies, &policy),
        OF(vgk_table, "checkConstraints", MAP, VGK_MAY_BE_ABSENT, checks, &check),
        FIELD(vgk_table, "isRLSEnabled", BOOL, VGK_MAY_BE_ABSENT, row_security),
        {0}},
    false};

static const vgk_record an_enum = {
    "enum", sizeof(vgk_enum),
    (const vgk_field[]){FIELD(vgk_enum, "name", NAME, 0, name),
                        FIELD(vgk_enum, "schema", PUBLIC, VGK_MAY_BE_ABSENT, schema),
                        FIELD(vgk_enum, "values", TEXTS, 0, values),
                        {0}},
    false};

static const vgk_record sequence = {
    "sequence", sizeof(vgk_sequence),
    (const vgk_field[]){
        FIELD(vgk_sequence, "name", NAME, 0, name),
        FIELD(vgk_sequence, "schema", PUBLIC, VGK_MAY_BE_ABSENT, schema),
        FIELD(vgk_sequence, "increment", TEXT, VGK_OMIT, increment),
        FIELD(vgk_sequence, "startWith", TEXT, VGK_OMIT, start),
        FIELD(vgk_sequence, "minValue", TEXT, VGK_OMIT, min),
        FIELD(vgk_sequence, "maxValue", TEXT, VGK_OMIT, max),
        FIELD(vgk_sequence, "cache", TEXT, VGK_OMIT, cache),
        FIELD(vgk_sequence, "cycle", BOOL, VGK_MAY_BE_ABSENT, cycle),
        {0}},
    false};

static const vgk_record role = {
    "role", sizeof(vgk_role),
    (const vgk_field[]){
        FIELD(vgk_role, "name", TEXT, 0, name),
        FIELD(vgk_role, "createDb", BOOL, VGK_MAY_BE_ABSENT, create_db),
        FIELD(vgk_role, "createRole", BOOL, VGK_MAY_BE_ABSENT, create_role),
        FIELD(vgk_role, "inherit", BOOL, VGK_MAY_BE_ABSENT, inherit),
        {0}},
    false};

static const vgk_record view = {
    "view", sizeof(vgk_view),
    (const vgk_field[]){
        OF(vgk_view, "columns", MAP, 0, columns, &column),
        FIELD(vgk_view, "definition", TEXT, VGK_OMIT, definition),
        FIELD(vgk_view, "name", NAME, 0, name),
        FIELD(vgk_view, "schema", PUBLIC, VGK_MAY_BE_ABSENT, schema),
        FIELD(vgk_view, "isExisting", BOOL, 0, existing),
        FIELD(vgk_view, "with", SETTINGS, VGK_OMIT, with),
        FIELD(vgk_view, "withNoData", BOOL, VGK_OMIT, no_data),
        FIELD(vgk_view, "materialized", BOOL, VGK_MAY_BE_ABSENT, materialized),
        FIELD(vgk_view, "tablespace", TEXT, VGK_OMIT, tablespace),
        FIELD(vgk_view, "using", TEXT, VGK_OMIT, using_method),
        {0}},
    false};

static const vgk_record meta = {
    "_meta", sizeof(vgk_snapshot),
    (const vgk_field[]){
        FIELD(vgk_snapshot, "columns", RENAMES, 0, renamed_columns),
        FIELD(vgk_snapshot, "schemas", RENAMES, VGK_MAY_BE_ABSENT, renamed_namespaces),
        FIELD(vgk_snapshot, "tables", RENAMES, 0, renamed_tables),
        {0}},
    false};

static const vgk_record top = {
    "snapshot", sizeof(vgk_snapshot),
    (const vgk_field[]){
        FIELD(vgk_snapshot, "id", TEXT, 0, id),
        FIELD(vgk_snapshot, "prevId", TEXT, 0, prev_id),
        OF(vgk_snapshot, "tables", MAP, VGK_QUALIFIED, tables, &table),
        OF(vgk_snapshot, "enums", MAP, VGK_QUALIFIED, enums, &an_enum),
        FIELD(vgk_snapshot, "schemas", NAMES, 0, namespaces),
        OF(vgk_snapshot, "sequences", MAP, VGK_QUALIFIED | VGK_MAY_BE_ABSENT, sequences,
           &sequence),
        OF(vgk_snapshot, "roles", MAP, VGK_MAY_BE_ABSENT, roles, &role),
        OF(vgk_snapshot, "policies", MAP, VGK_MAY_BE_ABSENT, policies, &policy),
        OF(vgk_snapshot, "views", MAP, VGK_QUALIFIED | VGK_MAY_BE_ABSENT, views, &view),
        {0}},
    true};

/* ---- older versions ---- */

/* Index columns were names. */
static void upgrade_index(vg_kit *kit, json_t *index)
{
    json_t *columns = json_object_get(index, "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *name = json_array_get(columns, i);
        if (!json_is_string(name))
            continue;
        json_t *made = vgk_json_object(kit);
        vgk_json_put(kit, made, "expression", json_incref(name));
        vgk_json_put(kit, made, "isExpression", json_false());
        vgk_json_put(kit, made, "asc", json_true());
        vgk_json_put(kit, made, "nulls", json_string("last"));
        if (json_array_set(columns, i, made) != 0)
            vgk_no_memory(kit);
        vgk_release(kit, made);
    }
}

/* The labels of an enum were an object. */
static void upgrade_enum(vg_kit *kit, json_t *of)
{
    json_t *values = json_object_get(of, "values");
    if (!json_is_object(values))
        return;
    json_t *list = vgk_json_list(kit);
    for (void *it = json_object_iter(values); it;
         it = json_object_iter_next(values, it))
        if (json_array_append(list, json_object_iter_value(it)) != 0)
            vgk_no_memory(kit);
    vgk_json_put(kit, of, "values", json_incref(list));
    vgk_release(kit, list);
}

static void upgrade(vg_kit *kit, json_t *json, int version)
{
    json_t *tables = json_object_get(json, "tables"),
           *enums = json_object_get(json, "enums");
    if (version >= 7)
        return;
    for (void *t = json_object_iter(tables); t; t = json_object_iter_next(tables, t)) {
        json_t *indexes = json_object_get(json_object_iter_value(t), "indexes");
        for (void *i = json_object_iter(indexes); i;
             i = json_object_iter_next(indexes, i))
            upgrade_index(kit, json_object_iter_value(i));
    }
    for (void *e = json_object_iter(enums); e; e = json_object_iter_next(enums, e))
        upgrade_enum(kit, json_object_iter_value(e));
}

/* ---- what may be left out ---- */

/* Old snapshots do not say of a column that its type is an enum. */
static void fill_column(vg_kit *kit, const vgk_snapshot *s, vgk_column *c)
{
    const char *name = vgk_text_len(kit, c->type, strcspn(c->type, "["));
    if (!c->type_schema && s->enums.len && vgk_find_enum(&s->enums, name))
        c->type_schema = "public";
}

static void fill_policy(vgk_policy *p)
{
    p->as = p->as ? p->as : "PERMISSIVE";
    p->command = p->command ? p->command : "ALL";
}

static void fill_table(vg_kit *kit, const vgk_snapshot *s, vgk_table *t)
{
    for (size_t i = 0; i < t->columns.len; i++)
        fill_column(kit, s, &t->columns.data[i]);
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        vgk_foreign_key *k = &t->foreign_keys.data[i];
        k->table_to = vgk_qualified(kit, k->schema_to, k->table_to);
    }
    for (size_t i = 0; i < t->indexes.len; i++) {
        vgk_index *x = &t->indexes.data[i];
        x->method = x->method ? x->method : "btree";
        for (size_t c = 0; c < x->columns.len; c++)
            if (!x->columns.data[c].nulls)
                x->columns.data[c].nulls = "last";
    }
    for (size_t i = 0; i < t->policies.len; i++)
        fill_policy(&t->policies.data[i]);
}

static void fill(vg_kit *kit, const json_t *json, vgk_snapshot *s)
{
    (void)json;
    for (size_t i = 0; i < s->tables.len; i++)
        fill_table(kit, s, &s->tables.data[i]);
    for (size_t i = 0; i < s->policies.len; i++)
        fill_policy(&s->policies.data[i]);
}

const vgk_format vgk_postgres_format = {
    .oldest = 5,
    .old_name = "pg",
    .ids_first = true,
    .top = &top,
    .meta = &meta,
    .upgrade = upgrade,
    .read = fill,
};
