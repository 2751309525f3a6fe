/* Descriptors to a snapshot of PostgreSQL: enums, sequences, roles, policies, views. */
#include "kit/schema.h"
#include "core/dialect.h"
#include "kit/dialect.h"
#include "kit/postgres/postgres.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <virga/view.h>

/* ---- enums ---- */

/* The ENUM_TYPE that says more of it; NULL: its name is that of C, in public. */
static const vg_shape *type_shape(const vg_schema *schema, const vg_coder *coder)
{
    for (size_t i = 0; schema && i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind == VG_SHAPE_ENUM &&
            (t->enum_type->coder == coder ||
             strcmp(t->enum_type->coder->name, coder->name) == 0))
            return t;
    }
    return NULL;
}

static void labels(vg_kit *kit, vgk_texts *to, const vg_coder *coder)
{
    for (uint32_t i = 0; i < coder->label_count; i++)
        *VGK_ADD(kit, to) = vgk_text(kit, coder->labels[i].text);
}

const vgk_enum *vgk_postgres_enum_of(vg_kit *kit, const vg_coder *coder)
{
    const vg_shape *t = type_shape(kit->schema, coder);
    vgk_enum *made = vgk_alloc(kit, sizeof *made);
    made->name = t ? vgk_schema_name(kit, t) : vgk_text(kit, coder->name);
    made->schema = t ? vgk_schema_of(kit, t) : NULL;
    labels(kit, &made->values, coder);
    return made;
}

static void add_enum(vg_kit *kit, vgk_snapshot *out, const vg_coder *coder)
{
    const vgk_enum *made = vgk_postgres_enum_of(kit, coder);
    if (!vgk_find_enum(&out->enums, made->name))
        *VGK_ADD(kit, &out->enums) = *made;
}

/* Those of a table's columns that stand nowhere else. */
static void enums_of(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        if (c->type == VG_TYPE_ENUM_NATIVE ||
            (c->type == VG_TYPE_ARRAY && c->element == VG_TYPE_ENUM_NATIVE))
            add_enum(kit, out, c->coder);
    }
}

/* ---- WITH ---- */

static const char *trimmed(vg_kit *kit, const char *text, size_t len)
{
    while (len && isspace((unsigned char)text[len - 1]))
        len--;
    while (len && isspace((unsigned char)*text)) {
        text++;
        len--;
    }
    return vgk_text_len(kit, text, len);
}

static const char *camel_case(vg_kit *kit, const char *name)
{
    char *out = vgk_alloc(kit, strlen(name) + 1);
    size_t n = 0;
    for (; *name; name++) {
        bool up = *name == '_' && name[1] && n;
        name += up;
        out[n++] = (char)(up ? toupper((unsigned char)*name) : *name);
    }
    return out;
}

static vgk_default setting_value(const char *text)
{
    char *end;
    strtod(text, &end);
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return (vgk_default){VGK_DEFAULT_BOOL, text};
    return (vgk_default){*text && !*end ? VGK_DEFAULT_NUMBER : VGK_DEFAULT_SQL, text};
}

void vgk_postgres_settings(vg_kit *kit, vgk_settings *to, const char *text, bool camel)
{
    while (text && *text) {
        size_t len = strcspn(text, ","), name = strcspn(text, "=,");
        vgk_setting made = {.name = trimmed(kit, text, name)};
        if (camel)
            made.name = camel_case(kit, made.name);
        /* A name alone is a boolean that is on. */
        made.value = name < len
                         ? setting_value(trimmed(kit, text + name + 1, len - name - 1))
                         : (vgk_default){VGK_DEFAULT_BOOL, "true"};
        *VGK_ADD(kit, to) = made;
        text += len + (text[len] == ',');
    }
}

/* ---- policies ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void vgk_postgres_policy(vg_kit *kit, vgk_policy *to, const char *name,
                         const vg_policy *from)
{
    *to = (vgk_policy){
        .name = vgk_text(kit, name),
        .as = from->restrictive ? "RESTRICTIVE" : "PERMISSIVE",
        .command = from->command ? vgk_text(kit, from->command) : "ALL",
        .using_sql = from->using_sql ? vgk_text(kit, from->using_sql) : NULL,
        .with_check = from->check_sql ? vgk_text(kit, from->check_sql) : NULL};
    for (const char *const *role = from->to; role && *role; role++)
        *VGK_ADD(kit, &to->to) = vgk_text(kit, *role);
    if (!to->to.len)
        *VGK_ADD(kit, &to->to) = "public";
    qsort(to->to.data, to->to.len, sizeof *to->to.data, by_text);
}

/* A part of a name as SQL has it, which *at is then behind. */
static const char *name_part(vg_kit *kit, const char **at)
{
    size_t len;
    if (**at != '"') {
        len = strcspn(*at, ".");
        *at += len;
        return vgk_text_len(kit, *at - len, len);
    }
    vg_buf *out = vgk_buf(kit);
    for ((*at)++; **at && (**at != '"' || (*at)[1] == '"'); (*at)++) {
        *at += **at == '"';
        vg__buf_char(out, **at);
    }
    *at += **at == '"';
    return vgk_buf_text(kit, out, NULL);
}

/* A policy that stands alone is the table's, if that is in the snapshot. */
static void policy(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    const vg_policy *from = t->policy;
    const char *at = from->on, *schema, *table;
    if (from->table) {
        schema = vgk_schema_of(kit, from->table);
        table = vgk_text(kit, vg_table_name(from->table));
    } else {
        schema = NULL;
        table = name_part(kit, &at);
        if (*at == '.') {
            at++;
            schema = vgk_schema_or_null(table);
            table = name_part(kit, &at);
        }
    }
    vgk_table *mine = vgk_find_table(out, vgk_qualified(kit, schema, table));
    vgk_policies *to = mine ? &mine->policies : &out->policies;
    vgk_policy *made = VGK_ADD(kit, to);
    vgk_postgres_policy(kit, made, vg_table_name(t), from);
    if (mine)
        return;
    made->schema = schema ? schema : "public";
    made->on = vgk_sql(kit, "%q.%q", made->schema, table);
}

/* ---- the rest ---- */

/* drizzle-kit has the materialized ones last. */
static void add_view(vg_kit *kit, vgk_views *to, const vgk_view *made)
{
    (void)VGK_ADD(kit, to);
    size_t at = to->len - 1;
    for (; at && !made->materialized && to->data[at - 1].materialized; at--)
        to->data[at] = to->data[at - 1];
    to->data[at] = *made;
}

static int view(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    const vg_view_options *o = t->view->options;
    vgk_view made;
    int rc = vgk_schema_view(kit, &made, t);
    if (rc != VG_OK)
        return rc;
    if (o) {
        made.materialized = o->materialized;
        made.no_data = o->no_data;
        made.using_method = o->using_method ? vgk_text(kit, o->using_method) : NULL;
        made.tablespace = o->tablespace ? vgk_text(kit, o->tablespace) : NULL;
        vgk_postgres_settings(kit, &made.with, o->with, true);
    }
    add_view(kit, &out->views, &made);
    return VG_OK;
}

static void sequence(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    static const vg_sequence_options plain = {0};
    vgk_sequence made = {.name = vgk_schema_name(kit, t),
                         .schema = vgk_schema_of(kit, t)};
    vgk_postgres_sequence(kit, &made, t->sequence ? t->sequence : &plain,
                          "-9223372036854775808", "9223372036854775807");
    *VGK_ADD(kit, &out->sequences) = made;
}

static void role(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    static const vg_role plain = {0};
    const vg_role *r = t->role ? t->role : &plain;
    if (!r->existing)
        *VGK_ADD(kit, &out->roles) = (vgk_role){.name = vgk_text(kit, vg_table_name(t)),
                                                .create_db = r->create_db,
                                                .create_role = r->create_role,
                                                .inherit = !r->no_inherit};
}

static void extension(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    const char *version = t->extension ? t->extension->version : NULL;
    *VGK_ADD(kit, &out->extensions) =
        (vgk_extension){.name = vgk_text(kit, vg_table_name(t)),
                        .schema = t->database ? vgk_text(kit, t->database) : NULL,
                        .version = version ? vgk_text(kit, version) : NULL};
}

static void trigger(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    vg_buf *text = vgk_buf(kit);
    kit->dialect->sql->trigger(text, t);
    *VGK_ADD(kit, &out->triggers) =
        (vgk_object){.name = vgk_text(kit, vg_table_name(t)),
                     .table = vgk_schema_name(kit, t->trigger->table),
                     .sql = vgk_buf_text(kit, text, NULL)};
}

int vgk_postgres_describe(vg_kit *kit, vgk_snapshot *out, const vg_schema *schema,
                          const vg_shape *t)
{
    (void)schema;
    switch (t->kind) {
    case VG_SHAPE_VIEW: return view(kit, out, t);
    case VG_SHAPE_ENUM: add_enum(kit, out, t->enum_type->coder); break;
    case VG_SHAPE_SEQUENCE: sequence(kit, out, t); break;
    case VG_SHAPE_ROLE: role(kit, out, t); break;
    case VG_SHAPE_POLICY: policy(kit, out, t); break;
    case VG_SHAPE_EXTENSION: extension(kit, out, t); break;
    case VG_SHAPE_NAMESPACE:
        if (vgk_schema_or_null(vg_table_name(t)) && !(t->role && t->role->existing))
            VGK_ADD(kit, &out->namespaces)->name = vgk_text(kit, vg_table_name(t));
        break;
    case VG_SHAPE_TRIGGER:
        if (!kit->dialect->sql->trigger)
            return vgk_fail(kit, VG_UNSUPPORTED,
                            "trigger %s: a schema cannot say one of PostgreSQL, whose "
                            "body is a function; write it in a migration of its own "
                            "(--custom)",
                            t->name);
        trigger(kit, out, t);
        break;
    default:
        if (t->fts)
            return vgk_fail(kit, VG_UNSUPPORTED,
                            "%s: PostgreSQL has no FTS_TABLE; use a TSVECTOR column "
                            "and an index with USING(\"gin\")",
                            t->name);
        enums_of(kit, out, t);
        vgk_postgres_table(kit, out, t);
        break;
    }
    return VG_OK;
}
