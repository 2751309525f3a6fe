/* CREATE statements from descriptors: the clauses, their order and the derived names are
 * drizzle-kit's, so that either tool reads the other's tables. */
#include "core/ddl.h"
#include "core/relation.h"
#include <stdio.h>
#include <string.h>

const char vg_default_random[] = "gen_random_uuid()";

static void name(vg_buf *out, const vg_dialect *d, const char *text)
{
    vg__buf_name(out, d->ddl_quote, text);
}

/* The objects of an attached database are made in it: "content"."lessons". */
static void database(vg_buf *out, const vg_dialect *d, const vg_shape *t)
{
    if (!t->database)
        return;
    name(out, d, t->database);
    vg__buf_char(out, '.');
}

static void names(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                  const vg_constraint *c, const char *between)
{
    for (size_t i = 0; i < c->column_count; i++) {
        if (i)
            vg__buf_text(out, between);
        name(out, d, vg_column_name(&t->columns[c->columns[i]]));
    }
}

const char *vg__ddl_action(vg_action a)
{
    switch (a) {
    case VG_ACTION_CASCADE: return "cascade";
    case VG_ACTION_RESTRICT: return "restrict";
    case VG_ACTION_SET_NULL: return "set null";
    case VG_ACTION_SET_DEFAULT: return "set default";
    default: return "no action";
    }
}

static void actions(vg_buf *out, vg_action on_update, vg_action on_delete)
{
    vg__buf_text(out, " ON UPDATE ");
    vg__buf_text(out, vg__ddl_action(on_update));
    vg__buf_text(out, " ON DELETE ");
    vg__buf_text(out, vg__ddl_action(on_delete));
}

/* An expression in parentheses, unless it has them already or is a plain word. */
static void default_sql(vg_buf *out, const char *sql)
{
    static const char word[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                               "0123456789_";
    bool plain = sql[0] == '(' || strspn(sql, word) == strlen(sql);
    vg__buf_text(out, plain ? "" : "(");
    vg__buf_text(out, sql);
    vg__buf_text(out, plain ? "" : ")");
}

void vg__ddl_default(vg_buf *out, const vg_dialect *d, const vg_column *c)
{
    if (c->default_sql && d->bare_default)
        vg__buf_text(out, c->default_sql);
    else if (c->default_sql)
        default_sql(out, d->random && c->default_sql == vg_default_random
                             ? d->random
                             : c->default_sql);
    else if (c->flags & VG_F_DEFAULT_NOW)
        d->default_now(out, c);
    else
        d->literal(out, c);
}

bool vg__ddl_counts(const vg_column *c)
{
    bool key =
        (c->flags & VG_F_PRIMARY_KEY) && c->type == VG_TYPE_INTEGER && !c->native;
    return c->identity || (c->flags & VG_F_AUTOINCREMENT) ||
           (key && !c->references && !c->sql_type &&
            !(c->flags &
              (VG_F_DEFAULT | VG_F_DEFAULT_FN | VG_F_UPDATE_FN | VG_F_GENERATED)));
}

void vg__ddl_type(vg_buf *out, const vg_dialect *d, const vg_column *c, bool strict)
{
    vg_column plain = *c;
    plain.args = strict ? 0 : c->args; /* a STRICT table knows no lengths */
    d->type(out, &plain);
}

static void column(vg_buf *out, const vg_dialect *d, const vg_column *c, bool strict)
{
    name(out, d, vg_column_name(c));
    vg__buf_char(out, ' ');
    vg__ddl_type(out, d, c, strict);
    if (c->flags & VG_F_PRIMARY_KEY)
        vg__buf_text(out, " PRIMARY KEY");
    if (c->flags & VG_F_AUTOINCREMENT)
        vg__buf_text(out, d->autoincrement);
    if (c->flags & VG_F_DEFAULT) {
        vg__buf_text(out, " DEFAULT ");
        vg__ddl_default(out, d, c);
    }
    if (c->generated) {
        vg__buf_text(out, " GENERATED ALWAYS AS (");
        vg__buf_text(out, c->generated);
        vg__buf_text(out, c->flags & VG_F_STORED ? ") STORED" : ") VIRTUAL");
    }
    if (!c->nullable)
        vg__buf_text(out, " NOT NULL");
}

static void line(vg_buf *out)
{
    vg__buf_text(out, ",\n\t");
}

static void foreign_key(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                        const vg_constraint *c)
{
    line(out);
    vg__buf_text(out, "FOREIGN KEY (");
    names(out, d, t, c, ",");
    vg__buf_text(out, ") REFERENCES ");
    name(out, d, vg_table_name(c->references));
    vg__buf_char(out, '(');
    for (size_t i = 0; i < c->column_count; i++) {
        if (i)
            vg__buf_char(out, ',');
        name(out, d, vg_column_name(vg_find_column(c->references, c->ref_columns[i])));
    }
    vg__buf_char(out, ')');
    actions(out, c->on_update, c->on_delete);
}

static void references(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                       uint16_t index)
{
    const vg_reference *r = t->columns[index].references;
    if (!r)
        return;
    foreign_key(out, d, t,
                &(vg_constraint){.columns = &index,
                                 .column_count = 1,
                                 .references = r->shape,
                                 .ref_columns = &r->column,
                                 .on_delete = r->on_delete,
                                 .on_update = r->on_update});
}

void vg__ddl_enum_check(vg_buf *out, const vg_column *c)
{
    vg__buf_name(out, '"', vg_column_name(c));
    for (uint32_t i = 0; i < c->coder->label_count; i++) {
        const vg_label *label = &c->coder->labels[i];
        vg__buf_text(out, i ? ", " : " in (");
        if (c->type == VG_TYPE_ENUM_TEXT)
            vg__buf_literal(out, label->text, strlen(label->text));
        else
            vg__buf_int(out, label->value);
    }
    vg__buf_char(out, ')');
}

/* What a CHECKED enum may be. */
static void enum_check(vg_buf *out, const vg_shape *t, const vg_column *c)
{
    char check[300];
    snprintf(check, sizeof check, "%s_%s_check", vg_table_name(t), vg_column_name(c));
    line(out);
    vg__buf_text(out, "CONSTRAINT ");
    vg__buf_name(out, '"', check);
    vg__buf_text(out, " CHECK(");
    vg__ddl_enum_check(out, c);
    vg__buf_char(out, ')');
}

static const vg_constraint *constraints(const vg_shape *t)
{
    static const vg_constraint none = {.kind = VG_CON_NONE};
    return t->constraints ? t->constraints : &none;
}

void vg__ddl_table(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                   bool if_not_exists)
{
    vg__buf_text(out, if_not_exists ? "CREATE TABLE IF NOT EXISTS " : "CREATE TABLE ");
    database(out, d, t);
    name(out, d, vg_table_name(t));
    vg__buf_text(out, " (\n\t");
    for (uint32_t i = 0; i < t->column_count; i++) {
        if (i)
            line(out);
        column(out, d, &t->columns[i], t->strict);
    }
    for (const vg_constraint *c = constraints(t); c->kind; c++) {
        if (c->kind != VG_CON_PRIMARY_KEY)
            continue;
        line(out);
        vg__buf_text(out, "PRIMARY KEY(");
        names(out, d, t, c, ", ");
        vg__buf_char(out, ')');
    }
    for (uint32_t i = 0; i < t->column_count; i++)
        references(out, d, t, (uint16_t)i);
    for (const vg_constraint *c = constraints(t); c->kind; c++)
        if (c->kind == VG_CON_FOREIGN_KEY)
            foreign_key(out, d, t, c);
    for (const vg_constraint *c = constraints(t); c->kind; c++) {
        if (c->kind != VG_CON_CHECK)
            continue;
        line(out);
        vg__buf_text(out, "CONSTRAINT ");
        vg__buf_name(out, '"', c->name);
        vg__buf_text(out, " CHECK(");
        vg__buf_text(out, c->sql);
        vg__buf_char(out, ')');
    }
    for (uint32_t i = 0; i < t->column_count; i++)
        if (t->columns[i].flags & VG_F_CHECKED)
            enum_check(out, t, &t->columns[i]);
    vg__buf_text(out, "\n)");
    vg__buf_text(out, t->strict ? " STRICT" : "");
    vg__buf_text(out, t->strict && t->without_rowid ? "," : "");
    vg__buf_text(out, t->without_rowid ? " WITHOUT ROWID" : "");
    vg__buf_text(out, ";\n");
}

static void index_terms(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                        const vg_constraint *c)
{
    for (const vg_index_term *term = c->terms; term->order; term++) {
        if (term != c->terms)
            vg__buf_char(out, ',');
        if (term->sql)
            vg__buf_text(out, term->sql);
        else
            name(out, d, vg_column_name(&t->columns[term->column]));
        vg__buf_text(out, term->order);
    }
}

static void index_head(vg_buf *out, bool unique, bool if_not_exists)
{
    vg__buf_reset(out);
    vg__buf_text(out, unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    vg__buf_text(out, if_not_exists ? "IF NOT EXISTS " : "");
}

const char *vg__ddl_unique_name(char *room, size_t size, const vg_shape *t,
                                const vg_column *c)
{
    if (c->unique_name)
        return c->unique_name;
    /* VG_CASING leaves this name alone, as Drizzle does */
    snprintf(room, size, "%s_%s_unique", vg_table_name(t),
             c->db_name ? c->db_name : c->name);
    return room;
}

static int unique_column(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                         const vg_column *c, bool if_not_exists, vg_ddl_fn each,
                         void *ctx)
{
    char derived[300];
    index_head(out, true, if_not_exists);
    database(out, d, t);
    name(out, d, vg__ddl_unique_name(derived, sizeof derived, t, c));
    vg__buf_text(out, " ON ");
    name(out, d, vg_table_name(t));
    vg__buf_text(out, " (");
    name(out, d, vg_column_name(c));
    vg__buf_text(out, ");");
    return out->failed ? VG_NO_MEMORY : each(ctx, out->text);
}

int vg__ddl_indexes(vg_buf *out, const vg_dialect *d, const vg_shape *t,
                    bool if_not_exists, vg_ddl_fn each, void *ctx)
{
    int rc = VG_OK;
    for (uint32_t i = 0; !rc && i < t->column_count; i++)
        if (t->columns[i].flags & VG_F_UNIQUE)
            rc = unique_column(out, d, t, &t->columns[i], if_not_exists, each, ctx);
    for (const vg_constraint *c = constraints(t); !rc && c->kind; c++) {
        if (c->kind != VG_CON_UNIQUE && c->kind != VG_CON_INDEX &&
            c->kind != VG_CON_UNIQUE_INDEX)
            continue;
        index_head(out, c->kind != VG_CON_INDEX, if_not_exists);
        database(out, d, t);
        name(out, d, c->name);
        vg__buf_text(out, " ON ");
        name(out, d, vg_table_name(t));
        vg__buf_text(out, " (");
        c->terms ? index_terms(out, d, t, c) : names(out, d, t, c, ",");
        vg__buf_char(out, ')');
        if (c->sql) {
            vg__buf_text(out, " WHERE ");
            vg__buf_text(out, c->sql);
        }
        vg__buf_char(out, ';');
        rc = out->failed ? VG_NO_MEMORY : each(ctx, out->text);
    }
    return rc;
}

/* ---- is the schema sound ---- */

static bool in_schema(const vg_schema *schema, const vg_shape *table)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (schema->tables[i] == table)
            return true;
    return false;
}

static bool bad_reference(const vg_schema *schema, const vg_shape *from,
                          const vg_shape *to, const char *to_column, char *message,
                          size_t room)
{
    if (!in_schema(schema, to)) {
        snprintf(message, room,
                 "table %s references %s, which is not in SCHEMA(%s, ...)", from->name,
                 to->name, schema->name);
        return true;
    }
    if (!vg_find_column(to, to_column)) {
        snprintf(message, room,
                 "table %s references %s.%s, a column that does not exist", from->name,
                 to->name, to_column);
        return true;
    }
    return false;
}

static bool bad_storage(const vg_shape *t, size_t keys, char *message, size_t room)
{
    if (t->without_rowid && !keys) {
        snprintf(message, room, "table %s: WITHOUT_ROWID needs a primary key", t->name);
        return true;
    }
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        if (t->without_rowid && (c->flags & VG_F_AUTOINCREMENT))
            snprintf(message, room, "%s.%s: no AUTOINCREMENT in a WITHOUT_ROWID table",
                     t->name, c->name);
        else if (t->strict && c->type == VG_TYPE_NUMERIC && !c->sql_type)
            snprintf(
                message, room,
                "%s.%s: a STRICT table has no NUMERIC; use INTEGER, REAL, TEXT or a "
                "codec",
                t->name, c->name);
    }
    return *message;
}

static bool bad_columns(const vg_schema *schema, const vg_dialect *d, const vg_shape *t,
                        char *message, size_t room)
{
    size_t keys = 0;
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        keys += (c->flags & VG_F_PRIMARY_KEY) != 0;
        for (uint32_t j = 0; j < i; j++) {
            if (vg__same_name(d, vg_column_name(c), vg_column_name(&t->columns[j]))) {
                snprintf(message, room, "table %s: two columns are named \"%s\"",
                         t->name, vg_column_name(c));
                return true;
            }
        }
        if ((c->flags & VG_F_GENERATED) &&
            (c->flags & (VG_F_DEFAULT | VG_F_DEFAULT_FN | VG_F_UPDATE_FN))) {
            snprintf(message, room,
                     "%s.%s: a GENERATED column has no DEFAULT and no function",
                     t->name, c->name);
            return true;
        }
        if ((c->flags & VG_F_AUTOINCREMENT) &&
            !(c->flags & VG_F_PRIMARY_KEY && c->type == VG_TYPE_INTEGER)) {
            snprintf(message, room, "%s.%s: AUTOINCREMENT needs INTEGER, PRIMARY_KEY",
                     t->name, c->name);
            return true;
        }
        if (c->references && bad_reference(schema, t, c->references->shape,
                                           c->references->column, message, room))
            return true;
    }
    for (const vg_constraint *k = constraints(t); k->kind; k++)
        keys += k->kind == VG_CON_PRIMARY_KEY;
    if (bad_storage(t, keys, message, room))
        return true;
    if (keys > 1)
        snprintf(message, room,
                 "table %s has %zu primary keys: for a key of several columns say "
                 "PRIMARY_KEY(a, b) once, and no PRIMARY_KEY at a column",
                 t->name, keys);
    return keys > 1;
}

static bool bad_constraints(const vg_schema *schema, const vg_shape *t, char *message,
                            size_t room)
{
    for (const vg_constraint *c = constraints(t); c->kind; c++) {
        for (const vg_constraint *o = constraints(t); o < c; o++) {
            if (c->name && o->name &&
                (c->kind == VG_CON_CHECK) == (o->kind == VG_CON_CHECK) &&
                strcmp(c->name, o->name) == 0) {
                snprintf(message, room, "table %s: two constraints are named \"%s\"",
                         t->name, c->name);
                return true;
            }
        }
        if (c->kind != VG_CON_FOREIGN_KEY)
            continue;
        for (size_t i = 0; i < c->column_count; i++)
            if (!c->references || bad_reference(schema, t, c->references,
                                                c->ref_columns[i], message, room))
                return true;
    }
    return false;
}

/* Of an enum's constants two that have one number or one text, or its column's own. */
static bool bad_enum(const vg_shape *t, const vg_column *c, char *message, size_t room)
{
    const vg_coder *coder = c->coder;
    int64_t value;
    if (c->flags & VG_F_CHECKED && (!coder || !coder->labels))
        snprintf(message, room, "%s.%s: CHECKED is for an enum", t->name, c->name);
    for (uint32_t i = 0; coder && i < coder->label_count && !*message; i++) {
        const vg_label *label = &coder->labels[i];
        if (vg_label_text(coder, label->value) != label->text ||
            !vg_label_value(coder, label->text, strlen(label->text), &value) ||
            value != label->value)
            snprintf(message, room, "enum %s: two values are \"%s\" or %lld",
                     coder->name, label->text, (long long)label->value);
    }
    if (!*message && c->literal && coder && !vg_label_text(coder, c->literal->i))
        snprintf(message, room, "%s.%s: DEFAULT(%lld) is no value of enum %s", t->name,
                 c->name, (long long)c->literal->i, coder->name);
    return *message;
}

static bool bad_literals(const vg_shape *t, char *message, size_t room)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        vg_timestamp time;
        vg_uuid uuid;
        if (c->mode == VG_MODE_BLOB && c->sql_class != VG_K_json &&
            c->sql_class != VG_K_text) {
            snprintf(message, room, "%s.%s: MODE(BLOB) is for JSON and TEXT", t->name,
                     c->name);
            return true;
        }
        if (bad_enum(t, c, message, room))
            return true;
        if (!c->literal || c->literal->kind != VG_V_TEXT)
            continue;
        const char *s = c->literal->s;
        if ((c->sql_class == VG_K_time && !vg_timestamp_parse(s, strlen(s), &time)) ||
            (c->sql_class == VG_K_uuid_expr && !vg_uuid_parse(s, strlen(s), &uuid))) {
            snprintf(message, room, "%s.%s: DEFAULT(\"%s\") is no %s", t->name, c->name,
                     s, c->sql_class == VG_K_time ? "ISO 8601 time" : "UUID");
            return true;
        }
    }
    return false;
}

bool vg__schema_problem(const vg_schema *schema, const vg_dialect *d, char *message,
                        size_t room)
{
    *message = 0;
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind >= VG_SHAPE_TRIGGER) /* their names are a matter of their own */
            continue;
        if (t->kind != VG_SHAPE_TABLE && t->kind != VG_SHAPE_VIEW) {
            snprintf(message, room,
                     "SCHEMA(%s): %s is %s; it takes tables, views and "
                     "triggers",
                     schema->name, t->name,
                     t->kind == VG_SHAPE_ALIAS ? "an alias" : "a projection");
            return true;
        }
        if (bad_columns(schema, d, t, message, room) ||
            bad_constraints(schema, t, message, room) || bad_literals(t, message, room))
            return true;
    }
    return vg__relations_problem(schema, message, room) ||
           vg__names_problem(schema, d, message, room);
}
