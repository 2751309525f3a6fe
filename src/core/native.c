/* What a schema says that its database does not have. */
#include "core/ddl.h"
#include <stdio.h>
#include <virga/view.h>

/* What to say instead, for those that want something. */
static const struct {
    vg_native native;
    const char *instead;
} others[] = {
    {VG_NATIVE_SMALLINT, "INTEGER"},
    {VG_NATIVE_INT, "INTEGER"},
    {VG_NATIVE_BIGINT, "INTEGER"},
    {VG_NATIVE_SMALLSERIAL, "INTEGER, PRIMARY_KEY, AUTOINCREMENT"},
    {VG_NATIVE_SERIAL, "INTEGER, PRIMARY_KEY, AUTOINCREMENT"},
    {VG_NATIVE_BIGSERIAL, "INTEGER, PRIMARY_KEY, AUTOINCREMENT"},
    {VG_NATIVE_FLOAT4, "REAL"},
    {VG_NATIVE_DOUBLE, "REAL"},
    {VG_NATIVE_VARCHAR, "TEXT(n)"},
    {VG_NATIVE_CHAR, "TEXT(n)"},
    {VG_NATIVE_CITEXT, "TEXT"},
    {VG_NATIVE_JSONB, "JSON"},
    {VG_NATIVE_JSON_TEXT, "JSON"},
    {VG_NATIVE_BYTEA, "BLOB"},
    {VG_NATIVE_TIMESTAMPTZ, "TIMESTAMP"},
    {VG_NATIVE_TIMESTAMP_LOCAL, "TIMESTAMP"},
    {VG_NATIVE_MONEY, "NUMERIC"},
};

static const char *const words[] = {[VG_NATIVE_NONE] = NULL,
#define WORD(word, type, sql) #word,
                                    VG_NATIVES(WORD)
#undef WORD
};

static const char *instead_of(unsigned native)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].native == native)
            return others[i].instead;
    return NULL;
}

static bool foreign_column(const vg_shape *t, const vg_column *c, const vg_dialect *d,
                           char *message, size_t room)
{
    const char *word = c->type == VG_TYPE_ARRAY         ? "ARRAY"
                       : c->type == VG_TYPE_ENUM_NATIVE ? "PG_ENUM"
                       : c->native                      ? words[c->native]
                       : c->identity                    ? "IDENTITY"
                       : c->nulls_not_distinct          ? "UNIQUE_NULLS_NOT_DISTINCT"
                       : c->references && c->references->deferrable ? "DEFERRABLE"
                                                                    : NULL;
    const char *instead = c->type == VG_TYPE_ARRAY         ? "JSON"
                          : c->type == VG_TYPE_ENUM_NATIVE ? "ENUM_TEXT, CHECKED"
                          : c->native                      ? instead_of(c->native)
                          : c->identity ? "PRIMARY_KEY, AUTOINCREMENT"
                                        : NULL;
    if (!word)
        return false;
    snprintf(message, room, "table %s, column %s: %s is PostgreSQL's; this is %s%s%s",
             t->name, c->name, word, d->name, instead ? ": use " : "",
             instead ? instead : "");
    return true;
}

static bool foreign_table(const vg_shape *t, const vg_dialect *d, char *message,
                          size_t room)
{
    const char *what = t->force_row_security ? "FORCE_RLS"
                       : t->row_security     ? "row level security"
                       : t->partition_by     ? "PARTITIONED_BY"
                                             : NULL;
    for (const vg_constraint *c = t->constraints; !what && c && c->kind; c++) {
        bool terms = false;
        for (const vg_index_term *term = c->terms; term && term->order; term++)
            terms |= term->nulls || term->opclass;
        what = c->kind == VG_CON_EXCLUDE          ? "EXCLUDE"
               : terms                            ? "NULLS_FIRST, NULLS_LAST or OPCLASS"
               : c->options && c->options->method ? "ON_USING"
               : c->options                       ? "an option of an index or key"
                                                  : NULL;
    }
    if (what)
        snprintf(message, room, "table %s: %s is PostgreSQL's; this is %s", t->name,
                 what, d->name);
    return what;
}

static bool foreign_object(const vg_shape *o, const vg_dialect *d, char *message,
                           size_t room)
{
    static const char *const kinds[] = {
        [VG_SHAPE_ENUM] = "ENUM_TYPE",      [VG_SHAPE_SEQUENCE] = "SEQUENCE",
        [VG_SHAPE_NAMESPACE] = "NAMESPACE", [VG_SHAPE_ROLE] = "ROLE",
        [VG_SHAPE_POLICY] = "POLICY_ON",    [VG_SHAPE_EXTENSION] = "EXTENSION"};
    bool options = o->kind == VG_SHAPE_VIEW && o->view->options;
    const char *what = options && o->view->options->materialized ? "MATERIALIZED_VIEW"
                       : options                                 ? "an option of a view"
                       : o->kind > VG_SHAPE_TRIGGER              ? kinds[o->kind]
                                                                 : NULL;
    if (what)
        snprintf(message, room, "%s: %s is PostgreSQL's; this is %s", o->name, what,
                 d->name);
    return what;
}

/* Databases that are attached share no keys. */
static bool other_database(const vg_shape *t, char *message, size_t room)
{
    const vg_shape *other = NULL;
    for (uint32_t i = 0; !other && i < t->column_count; i++) {
        const vg_reference *r = t->columns[i].references;
        if (r && !vg__same_database(t->database, r->shape->database))
            other = r->shape;
    }
    for (const vg_constraint *c = t->constraints; !other && c && c->kind; c++)
        if (c->references && !vg__same_database(t->database, c->references->database))
            other = c->references;
    if (other)
        snprintf(message, room, "table %s references %s, which is in another database",
                 t->name, other->name);
    return other;
}

/* What it has not, though others do. */
static bool not_native(const vg_shape *t, const vg_dialect *d, char *message,
                       size_t room)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        if (!c->generated || c->flags & VG_F_STORED)
            continue;
        snprintf(message, room,
                 "table %s, column %s: %s has no GENERATED(VIRTUAL, ...); say STORED",
                 t->name, c->name, d->name);
        return true;
    }
    return false;
}

bool vg__dialect_problem(const vg_schema *schema, const vg_dialect *d, char *message,
                         size_t room)
{
    for (size_t i = 0; d->native && i < schema->table_count; i++)
        if (schema->tables[i]->kind == VG_SHAPE_TABLE &&
            not_native(schema->tables[i], d, message, room))
            return true;
    for (size_t i = 0; !d->native && i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (foreign_object(t, d, message, room))
            return true;
        for (uint32_t j = 0; t->kind == VG_SHAPE_TABLE && j < t->column_count; j++)
            if (foreign_column(t, &t->columns[j], d, message, room))
                return true;
        if (t->kind == VG_SHAPE_TABLE &&
            (foreign_table(t, d, message, room) || other_database(t, message, room)))
            return true;
    }
    return false;
}
