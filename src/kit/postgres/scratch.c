/* A snapshot in other schemas than its own, and back. */
#include "core/dialect.h"
#include "kit/postgres/tell.h"
#include "migrate/lexer.h"
#include <string.h>

const char *vgk_pg_scratch_name(vg_kit *kit, size_t number)
{
    return vgk_print(kit, "virga_scratch_%zu_", number);
}

/* ---- names ---- */

static const char *or_public(const char *schema)
{
    return schema ? schema : "public";
}

/* The scratch schema for `schema`; NULL: there is none. */
static const char *scratch_for(const vgk_pg_scratch *s, const char *schema)
{
    for (size_t i = 0; i < s->schemas.len; i++)
        if (strcmp(s->schemas.data[i], or_public(schema)) == 0)
            return vgk_pg_scratch_name(s->kit, i);
    return NULL;
}

static void move(const vgk_pg_scratch *s, const char **name, const char **schema)
{
    const char *to = scratch_for(s, *schema);
    *name = vgk_qualified(s->kit, to, vgk_base_name(*name, *schema));
    *schema = to;
}

static bool has_object(const vgk_pg_scratch *s, const char *schema, const char *name)
{
    const char *full = vgk_qualified(s->kit, schema, name);
    return vgk_find_table(s->wanted, full) || vgk_find_view(s->wanted, full) ||
           vgk_find_enum(&s->wanted->enums, full) ||
           vgk_find_sequence(&s->wanted->sequences, full);
}

/* ---- expressions ---- */

static bool is_name(const vg_token *t)
{
    return t->kind == VG_TOKEN_WORD || t->kind == VG_TOKEN_NAME;
}

/* The scratch schema that stands for the schema at `t`, if an object of `wanted` follows. */
static const char *moved_at(const vgk_pg_scratch *s, const vg_token *t, vg_lexer after)
{
    if (!is_name(t))
        return NULL;
    vg_token point = vg__lexer_next(&after), object = vg__lexer_next(&after);
    if (!vg__token_is(&point, ".") || !is_name(&object))
        return NULL;
    for (size_t i = 0; i < s->schemas.len; i++)
        if (vg__token_names(t, s->schemas.data[i]) &&
            has_object(s, s->schemas.data[i], vgk_token_text(s->kit, &object)))
            return vgk_pg_scratch_name(s->kit, i);
    return NULL;
}

/* An expression that says "auth"."users" says the scratch schema. */
static const char *moved(const vgk_pg_scratch *s, const char *sql)
{
    vg_lexer lexer;
    vg_token t;
    if (!sql)
        return NULL;
    vg_buf *out = vgk_buf(s->kit);
    const char *copied = sql;
    vg__lexer_begin(&lexer, vg_dialect_postgres.lexis, sql, strlen(sql));
    while ((t = vg__lexer_next(&lexer)).kind) {
        const char *to = moved_at(s, &t, lexer);
        if (!to)
            continue;
        vg__buf_bytes(out, copied, (size_t)(t.text - copied));
        vg__buf_text(out, to);
        copied = t.text + t.len;
    }
    vg__buf_text(out, copied);
    return vgk_buf_text(s->kit, out, NULL);
}

/* ---- parts ---- */

static void column(const vgk_pg_scratch *s, vgk_column *c)
{
    size_t len = strcspn(c->type, "[(");
    if (c->type_schema &&
        vgk_find_enum(
            &s->wanted->enums,
            vgk_qualified(s->kit, c->type_schema, vgk_text_len(s->kit, c->type, len))))
        c->type_schema = scratch_for(s, c->type_schema);
    c->value.text = moved(s, c->value.text);
    if (c->generated) {
        vgk_generated *g = vgk_alloc(s->kit, sizeof *g);
        *g = (vgk_generated){moved(s, c->generated->as), c->generated->type};
        c->generated = g;
    }
    if (c->identity) {
        vgk_identity *identity = vgk_alloc(s->kit, sizeof *identity);
        *identity = *c->identity;
        identity->sequence.schema = scratch_for(s, identity->sequence.schema);
        c->identity = identity;
    }
}

static vgk_index index_of(const vgk_pg_scratch *s, const vgk_index *from)
{
    vgk_index x = *from;
    x.columns = (vgk_index_columns){0};
    x.concurrently = x.only = false;
    x.where = moved(s, x.where);
    for (size_t i = 0; i < from->columns.len; i++) {
        vgk_index_column *c = VGK_ADD(s->kit, &x.columns);
        *c = from->columns.data[i];
        if (c->is_expression)
            c->text = moved(s, c->text);
    }
    return x;
}

static vgk_policy policy_of(const vgk_pg_scratch *s, const vgk_policy *from)
{
    vgk_policy p = *from;
    p.using_sql = moved(s, p.using_sql);
    p.with_check = moved(s, p.with_check);
    return p;
}

/* Foreign keys are left out: what they say is said in one way only. */
static vgk_table table_of(const vgk_pg_scratch *s, const vgk_table *from)
{
    vgk_table t = *from;
    t.columns = (vgk_columns){0};
    t.indexes = (vgk_indexes){0};
    t.foreign_keys = (vgk_foreign_keys){0};
    t.checks = (vgk_checks){0};
    t.policies = (vgk_policies){0};
    t.excludes = (vgk_excludes){0};
    move(s, &t.name, &t.schema);
    for (size_t i = 0; i < from->columns.len; i++) {
        vgk_column *c = VGK_ADD(s->kit, &t.columns);
        *c = from->columns.data[i];
        column(s, c);
    }
    for (size_t i = 0; i < from->indexes.len; i++)
        *VGK_ADD(s->kit, &t.indexes) = index_of(s, &from->indexes.data[i]);
    for (size_t i = 0; i < from->checks.len; i++)
        *VGK_ADD(s->kit, &t.checks) = (vgk_check){from->checks.data[i].name,
                                                  moved(s, from->checks.data[i].value)};
    for (size_t i = 0; i < from->policies.len; i++)
        *VGK_ADD(s->kit, &t.policies) = policy_of(s, &from->policies.data[i]);
    for (size_t i = 0; i < from->excludes.len; i++)
        *VGK_ADD(s->kit, &t.excludes) = (vgk_exclude){
            from->excludes.data[i].name, moved(s, from->excludes.data[i].definition)};
    return t;
}

/* ---- all of it ---- */

void vgk_pg_scratch_of(const vgk_pg_scratch *s, vgk_snapshot *out)
{
    const vgk_snapshot *from = s->wanted;
    *out = (vgk_snapshot){.id = from->id, .prev_id = from->prev_id};
    for (size_t i = 0; i < from->enums.len; i++) {
        vgk_enum e = from->enums.data[i];
        if (!scratch_for(s, e.schema))
            continue;
        move(s, &e.name, &e.schema);
        *VGK_ADD(s->kit, &out->enums) = e;
    }
    for (size_t i = 0; i < from->sequences.len; i++) {
        vgk_sequence sequence = from->sequences.data[i];
        if (!scratch_for(s, sequence.schema))
            continue;
        move(s, &sequence.name, &sequence.schema);
        *VGK_ADD(s->kit, &out->sequences) = sequence;
    }
    for (size_t i = 0; i < from->tables.len; i++)
        if (scratch_for(s, from->tables.data[i].schema))
            *VGK_ADD(s->kit, &out->tables) = table_of(s, &from->tables.data[i]);
    for (size_t i = 0; i < from->views.len; i++) {
        vgk_view v = from->views.data[i];
        if (v.existing || !scratch_for(s, v.schema))
            continue;
        move(s, &v.name, &v.schema);
        v.definition = moved(s, v.definition);
        v.no_data = v.materialized; /* nothing to fill it with */
        *VGK_ADD(s->kit, &out->views) = v;
    }
}

const char *vgk_pg_scratch_back(const vgk_pg_scratch *s, const char *text)
{
    if (!text || !strstr(text, "virga_scratch_"))
        return text;
    for (size_t i = 0; i < s->schemas.len; i++) {
        const char *name = vgk_pg_scratch_name(s->kit, i), *at;
        size_t len = strlen(name);
        if (strcmp(text, name) == 0)
            return s->schemas.data[i];
        name = vgk_print(s->kit, "%s.", name);
        len++;
        vg_buf *out = vgk_buf(s->kit);
        while ((at = strstr(text, name))) {
            vg__buf_bytes(out, text, (size_t)(at - text));
            vg__buf_text(out, s->quoted.data[i]);
            text = at + len;
        }
        vg__buf_text(out, text);
        text = vgk_buf_text(s->kit, out, NULL);
    }
    return text;
}
