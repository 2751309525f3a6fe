/* What PostgreSQL has beside tables: schemas, extensions, roles, enum types, sequences,
 * policies, and what stands around a view's query. */
#include "dialect/postgres.h"
#include <virga/view.h>

static void literal(vg_buf *out, const char *text)
{
    vg__buf_literal(out, text, strlen(text));
}

/* A schema's name as a text: public is where nothing is said. */
static void schema_literal(vg_buf *out, const char *schema)
{
    literal(out, schema ? schema : "public");
}

static void number(vg_buf *out, const char *text, vg_opt_int n)
{
    if (!n.has)
        return;
    vg__buf_text(out, text);
    vg__buf_int(out, n.v);
}

void vg__pg_sequence_options(vg_buf *out, const vg_sequence_options *o)
{
    number(out, " INCREMENT BY ", o->increment);
    number(out, " MINVALUE ", o->min);
    number(out, " MAXVALUE ", o->max);
    number(out, " START WITH ", o->start);
    number(out, " CACHE ", o->cache);
    vg__buf_text(out, o->cycle ? " CYCLE" : "");
}

/* ---- enums ---- */

static const vg_shape *declared(const vg_schema *schema, const vg_coder *coder)
{
    for (size_t i = 0; schema && i < schema->table_count; i++)
        if (schema->tables[i]->kind == VG_SHAPE_ENUM &&
            schema->tables[i]->enum_type->coder == coder)
            return schema->tables[i];
    return NULL;
}

void vg__pg_enum_name(vg_buf *out, const vg_schema *schema, const vg_coder *coder)
{
    const vg_shape *type = declared(schema, coder);
    vg__pg_qualified(out, type ? type->database : NULL,
                     type && type->db_name ? type->db_name : coder->name);
}

static void make_enum(vg_buf *out, const vg_schema *schema, const vg_coder *coder)
{
    const vg_shape *type = declared(schema, coder);
    vg__pg_unless(out);
    vg__buf_text(out,
                 "SELECT FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
                 "WHERE t.typname = ");
    literal(out, type && type->db_name ? type->db_name : coder->name);
    vg__buf_text(out, "::name AND n.nspname = ");
    schema_literal(out, type ? type->database : NULL);
    vg__pg_then(out);
    vg__buf_text(out, "CREATE TYPE ");
    vg__pg_enum_name(out, schema, coder);
    vg__buf_text(out, " AS ENUM(");
    for (uint32_t i = 0; i < coder->label_count; i++) {
        vg__buf_text(out, i ? ", " : "");
        literal(out, coder->labels[i].text);
    }
    vg__buf_text(out, ");");
    vg__pg_end(out);
}

static const vg_coder *enum_of(const vg_column *c)
{
    return c->type == VG_TYPE_ENUM_NATIVE || c->element == VG_TYPE_ENUM_NATIVE
               ? c->coder
               : NULL;
}

/* ---- the others ---- */

static void make_schema(vg_buf *out, const vg_shape *o)
{
    if (o->role->existing)
        return;
    vg__buf_text(out, "CREATE SCHEMA IF NOT EXISTS ");
    vg__pg_name(out, vg_table_name(o));
    vg__buf_char(out, ';');
}

static void make_extension(vg_buf *out, const vg_shape *o)
{
    vg__buf_text(out, "CREATE EXTENSION IF NOT EXISTS ");
    vg__pg_name(out, vg_table_name(o));
    if (o->database) {
        vg__buf_text(out, " SCHEMA ");
        vg__pg_name(out, o->database);
    }
    if (o->extension->version) {
        vg__buf_text(out, " VERSION ");
        literal(out, o->extension->version);
    }
    vg__buf_char(out, ';');
}

static void make_role(vg_buf *out, const vg_shape *o)
{
    const vg_role *role = o->role;
    bool any = role->create_db || role->create_role || role->no_inherit;
    if (role->existing)
        return;
    vg__pg_unless(out);
    vg__buf_text(out, "SELECT FROM pg_roles WHERE rolname = ");
    literal(out, vg_table_name(o));
    vg__buf_text(out, "::name");
    vg__pg_then(out);
    vg__buf_text(out, "CREATE ROLE ");
    vg__pg_name(out, vg_table_name(o));
    vg__buf_text(out, any ? " WITH" : "");
    vg__buf_text(out, role->create_db ? " CREATEDB" : "");
    vg__buf_text(out, role->create_role ? " CREATEROLE" : "");
    vg__buf_text(out, role->no_inherit ? " NOINHERIT" : "");
    vg__buf_char(out, ';');
    vg__pg_end(out);
}

static void make_sequence(vg_buf *out, const vg_shape *o)
{
    vg__buf_text(out, "CREATE SEQUENCE IF NOT EXISTS ");
    vg__pg_qualified(out, o->database, vg_table_name(o));
    vg__pg_sequence_options(out, o->sequence);
    vg__buf_char(out, ';');
}

static int emit(vg_buf *out, vg_ddl_fn each, void *ctx)
{
    int rc = out->failed ? VG_NO_MEMORY : out->len ? each(ctx, out->text) : VG_OK;
    vg__buf_reset(out);
    return rc;
}

static int make_enums(vg_buf *out, const vg_schema *schema, vg_ddl_fn each, void *ctx)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind == VG_SHAPE_ENUM) {
            make_enum(out, schema, t->enum_type->coder);
            rc = emit(out, each, ctx);
        }
        for (uint32_t j = 0;
             t->kind == VG_SHAPE_TABLE && rc == VG_OK && j < t->column_count; j++) {
            const vg_coder *coder = enum_of(&t->columns[j]);
            if (!coder || declared(schema, coder))
                continue;
            make_enum(out, schema, coder);
            rc = emit(out, each, ctx);
        }
    }
    return rc;
}

int vg__pg_objects_before(vg_buf *out, const vg_schema *schema, vg_ddl_fn each,
                          void *ctx)
{
    static const struct {
        vg_shape_kind kind;
        void (*make)(vg_buf *out, const vg_shape *object);
    } order[] = {{VG_SHAPE_ROLE, make_role},
                 {VG_SHAPE_NAMESPACE, make_schema},
                 {VG_SHAPE_EXTENSION, make_extension},
                 {VG_SHAPE_SEQUENCE, make_sequence}};
    int rc = VG_OK;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
            if (schema->tables[i]->kind != order[k].kind)
                continue;
            order[k].make(out, schema->tables[i]);
            rc = emit(out, each, ctx);
        }
    }
    return rc == VG_OK ? make_enums(out, schema, each, ctx) : rc;
}

/* ---- policies ---- */

static void role_name(vg_buf *out, const char *name)
{
    static const char *const words[] = {"public", "current_user", "current_role",
                                        "session_user"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(name, words[i]) == 0) {
            vg__buf_text(out, name);
            return;
        }
    }
    vg__pg_name(out, name);
}

/* `on`, or else the table `t`. */
static void make_policy(vg_buf *out, const char *name, const vg_policy *p,
                        const char *on, const vg_shape *t)
{
    vg__pg_unless(out);
    vg__buf_text(out, "SELECT FROM pg_policy WHERE polname = ");
    literal(out, name);
    vg__buf_text(out, "::name AND polrelid = to_regclass(");
    if (on) {
        literal(out, on);
    } else {
        vg__buf_text(out, "format('%I.%I', ");
        if (t->database)
            literal(out, t->database);
        else
            vg__buf_text(out, "current_schema()");
        vg__buf_text(out, ", ");
        literal(out, vg_table_name(t));
        vg__buf_char(out, ')');
    }
    vg__buf_char(out, ')');
    vg__pg_then(out);
    vg__buf_text(out, "CREATE POLICY ");
    vg__pg_name(out, name);
    vg__buf_text(out, " ON ");
    on ? vg__buf_text(out, on) : vg__pg_table_name(out, t);
    vg__buf_text(out, p->restrictive ? " AS RESTRICTIVE FOR " : " AS PERMISSIVE FOR ");
    vg__buf_text(out, p->command ? p->command : "ALL");
    vg__buf_text(out, " TO ");
    for (size_t i = 0; p->to && p->to[i]; i++) {
        vg__buf_text(out, i ? ", " : "");
        role_name(out, p->to[i]);
    }
    if (!p->to)
        vg__buf_text(out, "public");
    if (p->using_sql) {
        vg__buf_text(out, " USING (");
        vg__buf_text(out, p->using_sql);
        vg__buf_char(out, ')');
    }
    if (p->check_sql) {
        vg__buf_text(out, " WITH CHECK (");
        vg__buf_text(out, p->check_sql);
        vg__buf_char(out, ')');
    }
    vg__buf_char(out, ';');
    vg__pg_end(out);
}

int vg__pg_policies(vg_buf *out, const vg_schema *schema, vg_ddl_fn each, void *ctx)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind == VG_SHAPE_POLICY) {
            make_policy(out, vg_table_name(t), t->policy, t->policy->on,
                        t->policy->table);
            rc = emit(out, each, ctx);
        }
        if (t->kind != VG_SHAPE_TABLE || !t->constraints)
            continue;
        for (const vg_constraint *c = t->constraints; rc == VG_OK && c->kind; c++) {
            if (c->kind != VG_CON_POLICY)
                continue;
            make_policy(out, c->name, c->options->policy, NULL, t);
            rc = emit(out, each, ctx);
        }
    }
    return rc;
}

/* ---- views ---- */

void vg__pg_view_open(vg_buf *out, const vg_shape *view)
{
    const vg_view_options *o = view->view->options;
    bool materialized = o && o->materialized;
    if (!materialized) {
        vg__pg_unless(out);
        vg__buf_text(out, "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = "
                          "c.relnamespace WHERE c.relname = ");
        literal(out, vg_table_name(view));
        vg__buf_text(out, "::name AND n.nspname = ");
        if (view->database)
            literal(out, view->database);
        else
            vg__buf_text(out, "current_schema()");
        vg__pg_then(out);
    }
    vg__buf_text(out, materialized ? "CREATE MATERIALIZED VIEW IF NOT EXISTS "
                                   : "CREATE VIEW ");
    vg__pg_table_name(out, view); /* beside the tables */
    if (o && o->using_method) {
        vg__buf_text(out, " USING ");
        vg__pg_name(out, o->using_method);
    }
    if (o && o->with) {
        vg__buf_text(out, " WITH (");
        vg__buf_text(out, o->with);
        vg__buf_char(out, ')');
    }
    if (o && o->tablespace) {
        vg__buf_text(out, " TABLESPACE ");
        vg__pg_name(out, o->tablespace);
    }
    vg__buf_text(out, " AS (");
}

void vg__pg_view_close(vg_buf *out, const vg_shape *view)
{
    const vg_view_options *o = view->view->options;
    vg__buf_text(out, o && o->no_data ? ") WITH NO DATA;" : ");");
    if (!o || !o->materialized)
        vg__pg_end(out);
}
