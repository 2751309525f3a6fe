/* Policies: of tables, and those that stand alone. */
#include "kit/postgres/postgres.h"
#include <string.h>

/* Where policies are: a table's, as SQL has it; NULL: each says its own. */
typedef struct place {
    const char *table; /* by which statements are noted */
    const char *on;
    const vgk_parts *parts, *renamed;
} place;

static const char *on(const place *p, const vgk_policy *of)
{
    return p->on ? p->on : of->on;
}

static bool is_renamed(const vgk_part *p)
{
    const vgk_policy *a = p->from, *b = p->to;
    return a && b && strcmp(a->name, b->name) != 0;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* ALTER POLICY changes neither what it is for nor its table, and takes no clause away. */
static bool is_replaced(const vgk_policy *a, const vgk_policy *b)
{
    return strcmp(a->as, b->as) != 0 || strcmp(a->command, b->command) != 0 ||
           !same_text(a->on, b->on) || (a->using_sql && !b->using_sql) ||
           (a->with_check && !b->with_check);
}

static void say_drop(vgk_run *r, const place *at, const vgk_policy *p, const char *name)
{
    vgk_statement *s = vgk_postgres_say(
        r, at->table,
        vgk_sql(r->kit, "DROP POLICY %q ON %s CASCADE;", name, on(at, p)));
    vgk_note(r->kit, s, 0,
             vgk_sql(r->kit, "what policy %s has let through or kept back may change",
                     p->name));
}

static void say_create(vgk_run *r, const place *at, const vgk_policy *p)
{
    vgk_postgres_say(r, at->table, vgk_postgres_create_policy(r->kit, on(at, p), p));
}

/* Names that need no quotes stand as drizzle-kit has them. */
static void put_roles(vgk_run *r, vg_buf *out, const vgk_texts *roles)
{
    for (size_t i = 0; i < roles->len; i++) {
        const char *name = roles->data[i];
        bool plain =
            strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) &&
            !(*name >= '0' && *name <= '9');
        vgk_put(out, plain ? "%s%s" : "%s%q", i ? "," : "", name);
    }
    (void)r;
}

static void say_alter(vgk_run *r, const place *at, const vgk_policy *p)
{
    vg_buf *out = vgk_buf(r->kit);
    vgk_put(out, "ALTER POLICY %q ON %s TO ", p->name, on(at, p));
    put_roles(r, out, &p->to);
    if (p->using_sql)
        vgk_put(out, " USING (%s)", p->using_sql);
    if (p->with_check)
        vgk_put(out, " WITH CHECK (%s)", p->with_check);
    vg__buf_char(out, ';');
    vgk_postgres_say(r, at->table, vgk_buf_text(r->kit, out, NULL));
}

static void rename_policies(vgk_run *r, const place *at)
{
    for (size_t i = 0; i < at->renamed->len; i++) {
        const vgk_policy *a = at->renamed->data[i].from, *b = at->renamed->data[i].to;
        if (is_renamed(&at->renamed->data[i]))
            vgk_postgres_say(r, at->table,
                             vgk_sql(r->kit, "ALTER POLICY %q ON %s RENAME TO %q;",
                                     a->name, on(at, a), b->name));
    }
}

/* Of a list of both kinds each once: an altered one is in `parts`. */
static void drop_policies(vgk_run *r, const place *at, bool altered)
{
    for (size_t i = 0; i < at->parts->len; i++) {
        const vgk_policy *a = at->parts->data[i].from, *b = at->parts->data[i].to;
        if (altered ? a && b && is_replaced(a, b) : a && !b)
            say_drop(r, at, a, b ? b->name : a->name);
    }
}

static void create_policies(vgk_run *r, const place *at, bool altered)
{
    for (size_t i = 0; i < at->parts->len; i++) {
        const vgk_policy *a = at->parts->data[i].from, *b = at->parts->data[i].to;
        if (altered ? a && b && is_replaced(a, b) : !a)
            say_create(r, at, b);
    }
}

static void alter_policies(vgk_run *r, const place *at)
{
    for (size_t i = 0; i < at->parts->len; i++) {
        const vgk_policy *a = at->parts->data[i].from, *b = at->parts->data[i].to;
        if (a && b && !is_replaced(a, b) && !vgk_same_policy(a, b))
            say_alter(r, at, b);
    }
}

static void policies_of_new_tables(vgk_run *r)
{
    const vgk_parts *tables = &r->changes->tables;
    for (size_t i = 0; i < tables->len; i++) {
        const vgk_table *t = tables->data[i].to;
        if (tables->data[i].from)
            continue;
        place at = {.table = t->name, .on = vgk_postgres_table_name(r->kit, t)};
        for (size_t k = 0; k < t->policies.len; k++)
            say_create(r, &at, &t->policies.data[k]);
    }
}

void vgk_postgres_policies(vgk_run *r)
{
    size_t count = r->changes->altered.len;
    place *all = vgk_alloc(r->kit, count * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        const vgk_table_change *c = &r->changes->altered.data[i];
        all[i] = (place){c->to->name, vgk_postgres_table_name(r->kit, c->to),
                         &c->policies, &c->renamed_policies};
    }
    for (size_t i = 0; i < count; i++)
        rename_policies(r, &all[i]);
    for (int altered = 0; altered < 2; altered++)
        for (size_t i = 0; i < count; i++)
            drop_policies(r, &all[i], altered);
    for (int altered = 0; altered < 2; altered++)
        for (size_t i = 0; i < count; i++)
            create_policies(r, &all[i], altered);
    policies_of_new_tables(r);
    for (size_t i = 0; i < count; i++)
        alter_policies(r, &all[i]);

    place alone = {"", NULL, &r->changes->policies, &r->changes->policies};
    rename_policies(r, &alone);
    drop_policies(r, &alone, false);
    drop_policies(r, &alone, true);
    create_policies(r, &alone, false);
    create_policies(r, &alone, true);
    alter_policies(r, &alone);
}
