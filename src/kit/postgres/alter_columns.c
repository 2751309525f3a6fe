/* Columns of a table that are altered: keys, types, defaults, NOT NULL, identities. */
#include "kit/postgres/postgres.h"
#include <string.h>

/* A column that is altered. */
typedef struct altered {
    vgk_run *r;
    const vgk_table_change *c;
    const vgk_column *from, *to;
    const char *table; /* as SQL */
} altered;

static vgk_statement *say(const altered *a, const char *what)
{
    return vgk_postgres_say(a->r, a->c->to->name,
                            vgk_sql(a->r->kit, "ALTER TABLE %s ALTER COLUMN %q %s;",
                                    a->table, a->to->name, what));
}

/* ---- primary keys ---- */

/* What PostgreSQL calls a key that has no name. */
static const char *key_name(vg_kit *kit, const vgk_table *t)
{
    return vgk_print(kit, "%s_pkey", vgk_base_name(t->name, t->schema));
}

static bool gets_key(const vgk_table_change *c)
{
    bool gets = c->to->primary_keys.len > 0;
    for (size_t i = 0; i < c->to->columns.len; i++)
        gets = gets || c->to->columns.data[i].primary_key;
    return gets;
}

/* The key of a column goes: with the column, unless another key comes before that. */
static bool loses_key(const vgk_table_change *c, const vgk_part *p)
{
    const vgk_column *from = p->from, *to = p->to;
    return from && from->primary_key && (to ? !to->primary_key : gets_key(c));
}

static void primary_keys(vgk_run *r, const vgk_table_change *c)
{
    const char *table = vgk_postgres_table_name(r->kit, c->to);
    for (size_t i = 0; i < c->columns.len; i++) {
        if (!loses_key(c, &c->columns.data[i]))
            continue;
        const char *name = key_name(r->kit, c->from);
        vgk_statement *s = vgk_postgres_say(
            r, c->to->name,
            vgk_sql(r->kit, "ALTER TABLE %s DROP CONSTRAINT %q;", table, name));
        vgk_note(r->kit, s, VGK_MAY_FAIL,
                 vgk_sql(r->kit, "fails if the primary key of %s is not called %s",
                         c->from->name, name));
    }
    for (size_t i = 0; i < c->columns.len; i++) {
        const vgk_column *from = c->columns.data[i].from, *to = c->columns.data[i].to;
        if (!from || !to || from->primary_key || !to->primary_key)
            continue;
        vgk_statement *s = vgk_postgres_say(
            r, c->to->name,
            vgk_sql(r->kit, "ALTER TABLE %s ADD PRIMARY KEY (%q);", table, to->name));
        vgk_postgres_note_reads(r->kit, c->to->name, s,
                                vgk_sql(r->kit, "fails if two rows have the same %s.%s",
                                        c->to->name, to->name));
    }
}

/* ---- defaults ---- */

static bool has_default(const vgk_column *c)
{
    return c->value.kind != VGK_DEFAULT_NONE;
}

/* To JavaScript 0 and false are none. */
static bool is_truthy(const vgk_default *d)
{
    return d->kind == VGK_DEFAULT_SQL      ? *d->text != 0
           : d->kind == VGK_DEFAULT_BOOL   ? strcmp(d->text, "false") != 0
           : d->kind == VGK_DEFAULT_NUMBER ? strspn(d->text, "-0.") != strlen(d->text)
                                           : false;
}

static void set_default(const altered *a, const char *suffix)
{
    say(a, vgk_sql(a->r->kit, "SET DEFAULT %s%s", a->to->value.text, suffix));
}

static bool same_default(const vgk_default *a, const vgk_default *b)
{
    return a->kind == b->kind &&
           (a->kind == VGK_DEFAULT_NONE || strcmp(a->text, b->text) == 0);
}

/* `said`: with the type, or with that of a rebuilt enum. */
static void defaults(const altered *a, bool said)
{
    if (same_default(&a->from->value, &a->to->value))
        return;
    if (!has_default(a->to))
        say(a, "DROP DEFAULT");
    else if (!said)
        set_default(a, "");
}

/* ---- types ---- */

static bool other_type(const vgk_column *a, const vgk_column *b)
{
    bool schema = a->type_schema && b->type_schema
                      ? strcmp(a->type_schema, b->type_schema) != 0
                      : a->type_schema != b->type_schema;
    return schema || !vgk_same_type(a->type, b->type);
}

static vgk_statement *set_type(const altered *a, const char *type, const char *by)
{
    vg_kit *kit = a->r->kit;
    const char *text = vgk_sql(kit, "SET DATA TYPE %s", type);
    if (by)
        text = vgk_sql(kit, "%s USING %q%s::%s", text, a->to->name, by, type);
    vgk_statement *s = say(a, text);
    vgk_postgres_note_type(kit, a->c->to, a->from, a->to, s);
    return s;
}

/* The sequence of a serial, by the table's name of now. */
static const char *serial_sequence(const altered *a, const vgk_table *t)
{
    const char *name = vgk_print(a->r->kit, "%s_%s_seq",
                                 vgk_base_name(t->name, t->schema), a->from->name);
    return t->schema ? vgk_sql(a->r->kit, "%q.%q", t->schema, name)
                     : vgk_sql(a->r->kit, "%q", name);
}

/* A serial is no type but an integer with a sequence, which comes, goes or changes with it. */
static void serial(const altered *a)
{
    vg_kit *kit = a->r->kit;
    const char *was = vgk_postgres_plain_type(a->from->type),
               *now = vgk_postgres_plain_type(a->to->type),
               *sequence = serial_sequence(a, a->c->from), *table = a->c->to->name;
    bool from = vgk_postgres_is_serial(a->from->type),
         to = vgk_postgres_is_serial(a->to->type);
    vgk_column plain = *a->to;
    plain.type = now;
    bool assigns = vgk_postgres_assigns(a->from, &plain);
    if (has_default(a->from) || (from && !to))
        say(a, "DROP DEFAULT");
    if (strcmp(was, now) != 0)
        set_type(a, now, assigns ? NULL : "");
    if (from && !to) {
        vgk_postgres_say(a->r, table,
                         vgk_sql(kit, "DROP SEQUENCE IF EXISTS %s;", sequence));
        if (has_default(a->to))
            set_default(a, "");
    } else if (from && strcmp(was, now) != 0) {
        vgk_postgres_say(
            a->r, table,
            vgk_sql(kit, "ALTER SEQUENCE IF EXISTS %s AS %s;", sequence, now));
    }
    if (from || !to)
        return;
    vg_buf *literal = vgk_buf(kit);
    vgk_postgres_put_literal(literal, sequence);
    const char *text = vgk_buf_text(kit, literal, NULL);
    vgk_postgres_say(a->r, table,
                     vgk_sql(kit, "CREATE SEQUENCE %s AS %s OWNED BY %s.%q;", sequence,
                             now, a->table, a->to->name));
    vgk_postgres_say(
        a->r, table,
        vgk_sql(kit, "SELECT setval(%s, coalesce(max(%q), 0) + 1, false) FROM %s;",
                text, a->to->name, a->table));
    say(a, vgk_sql(kit, "SET DEFAULT nextval(%s)", text));
}

static void to_enum(const altered *a, const char *type)
{
    bool from_enum = vgk_postgres_is_enum(a->from), now = is_truthy(&a->to->value);
    if (from_enum && (now || has_default(a->from)))
        say(a, "DROP DEFAULT");
    else if (now)
        set_default(a, vgk_sql(a->r->kit, "::%s", type));
    else if (has_default(a->from))
        say(a, "DROP DEFAULT");
    set_type(a, type, from_enum ? "::text" : "");
    if (from_enum && now)
        set_default(a, "");
}

/* Whether the new default, if there is one, is said with it. */
static bool types(const altered *a)
{
    vg_kit *kit = a->r->kit;
    const char *type = vgk_postgres_type(kit, a->to, true);
    if (!other_type(a->from, a->to))
        return false;
    if (vgk_postgres_is_serial(a->from->type) || vgk_postgres_is_serial(a->to->type)) {
        serial(a);
        return true;
    }
    if (vgk_postgres_is_enum(a->to)) {
        to_enum(a, type);
        return is_truthy(&a->to->value);
    }
    bool assigns = vgk_postgres_assigns(a->from, a->to);
    if (!assigns && has_default(a->from))
        say(a, "DROP DEFAULT");
    set_type(a, type, assigns ? NULL : "");
    if (is_truthy(&a->to->value) || (!assigns && has_default(a->to)))
        set_default(a, "");
    return is_truthy(&a->to->value) || !assigns;
}

/* ---- NOT NULL, identities ---- */

static void not_null(const altered *a)
{
    if (a->from->not_null == a->to->not_null)
        return;
    if (!a->to->not_null) {
        say(a, "DROP NOT NULL");
        return;
    }
    vgk_postgres_note_reads(a->r->kit, a->c->to->name, say(a, "SET NOT NULL"),
                            vgk_sql(a->r->kit,
                                    "fails if %s.%s is NULL in a row: fill it first",
                                    a->c->to->name, a->to->name));
}

static void change_identity(const altered *a)
{
    const vgk_identity *was = a->from->identity, *now = a->to->identity;
    const struct {
        const char *words, *was, *now;
    } numbers[] = {
        {"SET MINVALUE %s", was->sequence.min, now->sequence.min},
        {"SET MAXVALUE %s", was->sequence.max, now->sequence.max},
        {"SET INCREMENT BY %s", was->sequence.increment, now->sequence.increment},
        {"SET START WITH %s", was->sequence.start, now->sequence.start},
        {"SET CACHE %s", was->sequence.cache, now->sequence.cache}};
    if (strcmp(was->type, now->type) != 0)
        say(a, vgk_sql(a->r->kit, "SET GENERATED %s",
                       strcmp(now->type, "always") == 0 ? "ALWAYS" : "BY DEFAULT"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *x = numbers[i].was, *y = numbers[i].now;
        if (y && (!x || strcmp(x, y) != 0))
            say(a, vgk_sql(a->r->kit, numbers[i].words, y));
    }
    if (was->sequence.cycle != now->sequence.cycle)
        say(a, now->sequence.cycle ? "SET CYCLE" : "SET NO CYCLE");
}

static void identities(const altered *a)
{
    const vgk_identity *was = a->from->identity, *now = a->to->identity;
    if (was && now) {
        change_identity(a);
    } else if (was) {
        say(a, "DROP IDENTITY");
    } else if (now) {
        vg_buf *out = vgk_buf(a->r->kit);
        vgk_postgres_put_identity(a->r->kit, out, a->c->to, now);
        say(a, vgk_sql(a->r->kit, "ADD%s", vgk_buf_text(a->r->kit, out, NULL)));
    }
}

/* ---- generated columns ---- */

static bool is_in(const vgk_texts *names, const char *name)
{
    return vgk_has_text(names, name);
}

static bool index_has(const vgk_index *x, const char *column)
{
    bool has = is_in(&x->include, column) ||
               (x->where && vgk_postgres_mentions(x->where, column));
    for (size_t i = 0; i < x->columns.len; i++) {
        const vgk_index_column *c = &x->columns.data[i];
        has = has || (c->is_expression ? vgk_postgres_mentions(c->text, column)
                                       : strcmp(c->text, column) == 0);
    }
    return has;
}

static bool is_part(const vgk_parts *parts, const void *of)
{
    for (size_t i = 0; i < parts->len; i++)
        if (parts->data[i].to == of)
            return true;
    return false;
}

/* What goes with a column that is dropped and is wanted still. */
static void make_again(const altered *a)
{
    vg_kit *kit = a->r->kit;
    const vgk_table *t = a->c->to;
    const char *name = a->to->name;
    for (size_t i = 0; i < t->uniques.len; i++) {
        const vgk_key *key = &t->uniques.data[i];
        if (!is_in(&key->columns, name) || is_part(&a->c->uniques, key))
            continue;
        vg_buf *out = vgk_buf(kit);
        vgk_postgres_put_key(out, key, "UNIQUE");
        vgk_postgres_say(a->r, t->name,
                         vgk_sql(kit, "ALTER TABLE %s ADD %s;", a->table,
                                 vgk_buf_text(kit, out, NULL)));
    }
    for (size_t i = 0; i < t->checks.len; i++) {
        const vgk_check *check = &t->checks.data[i];
        if (vgk_postgres_mentions(check->value, name) && !is_part(&a->c->checks, check))
            vgk_postgres_say(a->r, t->name,
                             vgk_sql(kit,
                                     "ALTER TABLE %s ADD CONSTRAINT %q CHECK (%s);",
                                     a->table, check->name, check->value));
    }
    for (size_t i = 0; i < t->indexes.len; i++) {
        const vgk_index *x = &t->indexes.data[i];
        if (index_has(x, name) && !is_part(&a->c->indexes, x))
            vgk_postgres_say(a->r, t->name, vgk_postgres_create_index(kit, t, x));
    }
}

static void generated(const altered *a)
{
    vg_kit *kit = a->r->kit;
    const vgk_generated *was = a->from->generated, *now = a->to->generated;
    if (was && !now)
        say(a, "DROP EXPRESSION");
    if (!now || (was && strcmp(was->as, now->as) == 0))
        return;
    vgk_statement *s = vgk_postgres_say(
        a->r, a->c->to->name,
        vgk_sql(kit, "ALTER TABLE %s drop column %q;", a->table, a->to->name));
    if (!was)
        vgk_note(kit, s, VGK_LOSES,
                 vgk_sql(kit, "drops column %s.%s and its values", a->c->to->name,
                         a->to->name));
    vg_buf *out = vgk_buf(kit);
    vgk_postgres_put_column(kit, out, a->c->to, a->to, true);
    s = vgk_postgres_say(a->r, a->c->to->name,
                         vgk_sql(kit, "ALTER TABLE %s ADD COLUMN %s;", a->table,
                                 vgk_buf_text(kit, out, NULL)));
    vgk_postgres_note_added(kit, a->c->to, a->to, s);
    make_again(a);
}

/* DROP NOT NULL is refused before DROP IDENTITY, and ADD GENERATED before SET NOT NULL. */
static void column(const altered *a)
{
    bool said = types(a);
    defaults(a, said || vgk_postgres_rebuilds(a->r, a->to));
    bool last = a->from->identity && !a->to->identity;
    if (!last)
        not_null(a);
    identities(a);
    if (last)
        not_null(a);
    generated(a);
}

void vgk_postgres_alter_columns(vgk_run *r, const vgk_table_change *c)
{
    primary_keys(r, c);
    for (size_t i = 0; i < c->columns.len; i++) {
        altered a = {r, c, c->columns.data[i].from, c->columns.data[i].to, NULL};
        if (!a.from || !a.to)
            continue;
        a.table = vgk_postgres_table_name(r->kit, c->to);
        column(&a);
    }
}
