/* Statements that make a table, an index, a view: drizzle-kit's text, but for names and
 * literals, which are escaped. */
#include "kit/postgres/postgres.h"
#include <ctype.h>
#include <string.h>

/* ---- columns ---- */

/* drizzle-kit writes JSON between single quotes as it is: '{"a":"it's"}'::jsonb. */
static void put_default(vg_buf *out, const vgk_default *value)
{
    vgk_put(out, " DEFAULT %s", value->text);
}

void vgk_postgres_put_numbers(vg_buf *out, const vgk_sequence *s)
{
    const struct {
        const char *words, *number;
    } all[] = {{" INCREMENT BY %s", s->increment},
               {" MINVALUE %s", s->min},
               {" MAXVALUE %s", s->max},
               {" START WITH %s", s->start},
               {" CACHE %s", s->cache}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].number)
            vgk_put(out, all[i].words, all[i].number);
    vg__buf_text(out, s->cycle ? " CYCLE" : "");
}

void vgk_postgres_put_identity(vg_kit *kit, vg_buf *out, const vgk_table *t,
                               const vgk_identity *identity)
{
    const vgk_sequence *s = &identity->sequence;
    bool always = strcmp(identity->type, "always") == 0;
    vgk_put(out, " GENERATED %s AS IDENTITY (sequence name %s",
            always ? "ALWAYS" : "BY DEFAULT",
            t->schema ? vgk_sql(kit, "%q.%q", t->schema, s->name)
                      : vgk_sql(kit, "%q", s->name));
    vgk_postgres_put_numbers(out, s);
    vg__buf_char(out, ')');
}

void vgk_postgres_put_column(vg_kit *kit, vg_buf *out, const vgk_table *t,
                             const vgk_column *c, bool added)
{
    vgk_put(out, "%q %s", c->name, vgk_postgres_type(kit, c, false));
    vg__buf_text(out, c->primary_key ? " PRIMARY KEY" : "");
    if (c->value.kind != VGK_DEFAULT_NONE)
        put_default(out, &c->value);
    if (c->generated)
        vgk_put(out, " GENERATED ALWAYS AS (%s) STORED", c->generated->as);
    if (c->not_null && (added || !c->identity))
        vg__buf_text(out, " NOT NULL");
    if (c->identity)
        vgk_postgres_put_identity(kit, out, t, c->identity);
}

/* ---- tables ---- */

static void put_deferrable(vg_buf *out, const char *deferrable)
{
    if (deferrable)
        vg__buf_text(out, strcmp(deferrable, VGK_DEFERRED) == 0
                              ? " DEFERRABLE INITIALLY DEFERRED"
                              : " DEFERRABLE");
}

static void put_include(vg_buf *out, const vgk_texts *names)
{
    if (!names->len)
        return;
    vg__buf_text(out, " INCLUDE (");
    vgk_postgres_put_names(out, names);
    vg__buf_char(out, ')');
}

void vgk_postgres_put_key(vg_buf *out, const vgk_key *key, const char *kind)
{
    vgk_put(out, "CONSTRAINT %q %s%s(", key->name, kind,
            key->nulls_not_distinct ? " NULLS NOT DISTINCT" : "");
    vgk_postgres_put_names(out, &key->columns);
    vg__buf_char(out, ')');
    put_include(out, &key->include);
    put_deferrable(out, key->deferrable);
}

const char *vgk_postgres_create_table(vg_kit *kit, const vgk_table *t)
{
    vg_buf *out = vgk_buf(kit);
    vgk_put(out, "CREATE TABLE %s (\n", vgk_postgres_table_name(kit, t));
    for (size_t i = 0; i < t->columns.len; i++) {
        vg__buf_text(out, i ? ",\n\t" : "\t");
        vgk_postgres_put_column(kit, out, t, &t->columns.data[i], false);
    }
    for (size_t i = 0; i < t->primary_keys.len; i++) {
        vg__buf_text(out, ",\n\t");
        vgk_postgres_put_key(out, &t->primary_keys.data[i], "PRIMARY KEY");
    }
    for (size_t i = 0; i < t->uniques.len; i++) {
        vg__buf_text(out, ",\n\t");
        vgk_postgres_put_key(out, &t->uniques.data[i], "UNIQUE");
    }
    for (size_t i = 0; i < t->checks.len; i++)
        vgk_put(out, ",\n\tCONSTRAINT %q CHECK (%s)", t->checks.data[i].name,
                t->checks.data[i].value);
    for (size_t i = 0; i < t->excludes.len; i++)
        vgk_put(out, ",\n\tCONSTRAINT %q EXCLUDE %s", t->excludes.data[i].name,
                t->excludes.data[i].definition);
    vg__buf_text(out, "\n)");
    if (t->partition_by)
        vgk_put(out, " PARTITION BY %s", t->partition_by);
    vg__buf_text(out, ";\n");
    return vgk_buf_text(kit, out, NULL);
}

const char *vgk_postgres_add_foreign_key(vg_kit *kit, const vgk_table *t,
                                         const vgk_foreign_key *key)
{
    vg_buf *out = vgk_buf(kit);
    vgk_put(out, "ALTER TABLE %s ADD CONSTRAINT %q FOREIGN KEY (",
            vgk_postgres_table_name(kit, t), key->name);
    vgk_postgres_put_names(out, &key->columns_from);
    vgk_put(out, ") REFERENCES %s(",
            vgk_postgres_full_name(kit, key->table_to, key->schema_to));
    vgk_postgres_put_names(out, &key->columns_to);
    vg__buf_char(out, ')');
    if (*key->on_delete)
        vgk_put(out, " ON DELETE %s", key->on_delete);
    if (*key->on_update)
        vgk_put(out, " ON UPDATE %s", key->on_update);
    put_deferrable(out, key->deferrable);
    vg__buf_char(out, ';');
    return vgk_buf_text(kit, out, NULL);
}

/* ---- indexes ---- */

static void put_upper(vg_buf *out, const char *text)
{
    for (; *text; text++)
        vg__buf_char(out, (char)toupper((unsigned char)*text));
}

static void put_term(vg_buf *out, const vgk_index_column *c)
{
    vgk_put(out, c->is_expression ? "%s" : "%q", c->text);
    if (c->opclass)
        vgk_put(out, " %s", c->opclass);
    vg__buf_text(out, c->desc ? " DESC" : "");
    /* drizzle-kit says it of DESC in any case, and to it LAST is what is not said. */
    bool last = !c->nulls || strcmp(c->nulls, "last") == 0;
    if (!c->desc && last)
        return;
    vg__buf_text(out, " NULLS ");
    put_upper(out, c->nulls ? c->nulls : "last");
}

static void put_settings(vg_buf *out, const vgk_settings *with)
{
    if (!with->len)
        return;
    for (size_t i = 0; i < with->len; i++)
        vgk_put(out, "%s%s=%s", i ? "," : " WITH (", with->data[i].name,
                with->data[i].value.text);
    vg__buf_char(out, ')');
}

const char *vgk_postgres_create_index(vg_kit *kit, const vgk_table *t,
                                      const vgk_index *x)
{
    vg_buf *out = vgk_buf(kit);
    vgk_put(out, "CREATE %s%s %q ON %s%s USING %s (",
            x->unique ? "UNIQUE INDEX" : "INDEX",
            x->concurrently ? " CONCURRENTLY" : "", x->name, x->only ? "ONLY " : "",
            vgk_postgres_table_name(kit, t), x->method);
    for (size_t i = 0; i < x->columns.len; i++) {
        vg__buf_text(out, i ? "," : "");
        put_term(out, &x->columns.data[i]);
    }
    vg__buf_char(out, ')');
    put_include(out, &x->include);
    vg__buf_text(out, x->nulls_not_distinct ? " NULLS NOT DISTINCT" : "");
    put_settings(out, &x->with);
    if (x->where)
        vgk_put(out, " WHERE %s", x->where);
    vg__buf_char(out, ';');
    return vgk_buf_text(kit, out, NULL);
}

/* ---- views, enums, policies ---- */

const char *vgk_postgres_create_view(vg_kit *kit, const vgk_view *v)
{
    vg_buf *out = vgk_buf(kit);
    vgk_put(out, "CREATE %sVIEW %s", v->materialized ? "MATERIALIZED " : "",
            vgk_postgres_full_name(kit, v->name, v->schema));
    if (v->using_method)
        vgk_put(out, " USING %q", v->using_method);
    if (v->with.len) {
        vg__buf_text(out, " WITH (");
        vgk_postgres_put_view_settings(out, &v->with, true);
        vg__buf_char(out, ')');
    }
    if (v->tablespace)
        vgk_put(out, " TABLESPACE %s", v->tablespace);
    vgk_put(out, " AS (%s)%s;", v->definition, v->no_data ? " WITH NO DATA" : "");
    return vgk_buf_text(kit, out, NULL);
}

void vgk_postgres_put_view_settings(vg_buf *out, const vgk_settings *with, bool values)
{
    for (size_t i = 0; i < with->len; i++) {
        vg__buf_text(out, i ? ", " : "");
        for (const char *c = with->data[i].name; *c; c++) {
            if (isupper((unsigned char)*c))
                vg__buf_char(out, '_');
            vg__buf_char(out, (char)tolower((unsigned char)*c));
        }
        if (values)
            vgk_put(out, " = %s", with->data[i].value.text);
    }
}

const char *vgk_postgres_create_enum(vg_kit *kit, const vgk_enum *e)
{
    vg_buf *out = vgk_buf(kit);
    vgk_put(out, "CREATE TYPE %s AS ENUM(",
            vgk_postgres_full_name(kit, e->name, e->schema));
    for (size_t i = 0; i < e->values.len; i++) {
        vg__buf_text(out, i ? ", " : "");
        vgk_postgres_put_literal(out, e->values.data[i]);
    }
    vg__buf_text(out, ");");
    return vgk_buf_text(kit, out, NULL);
}

void vgk_postgres_put_roles(vg_buf *out, const vgk_texts *roles)
{
    static const char *const words[] = {"current_user", "current_role", "session_user",
                                        "public"};
    for (size_t i = 0; i < roles->len; i++) {
        bool word = false;
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            word |= strcmp(words[w], roles->data[i]) == 0;
        vgk_put(out, word ? "%s%s" : "%s%q", i ? ", " : "", roles->data[i]);
    }
}

const char *vgk_postgres_create_policy(vg_kit *kit, const char *on, const vgk_policy *p)
{
    vg_buf *out = vgk_buf(kit);
    vgk_put(out, "CREATE POLICY %q ON %s AS %s FOR %s TO ", p->name, on, p->as,
            p->command);
    vgk_postgres_put_roles(out, &p->to);
    if (p->using_sql)
        vgk_put(out, " USING (%s)", p->using_sql);
    if (p->with_check)
        vgk_put(out, " WITH CHECK (%s)", p->with_check);
    vg__buf_char(out, ';');
    return vgk_buf_text(kit, out, NULL);
}
