/* Keys, uniques, checks and foreign keys that tables lose, get and change. */
#include "kit/postgres/each.h"
#include <string.h>

/* The table that it is of goes, and DROP TABLE ... CASCADE has taken it along. */
static bool goes_along(vgk_run *r, const vgk_foreign_key *key)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *t = p->from;
        if (!p->to && strcmp(t->name, key->table_to) == 0)
            return true;
    }
    return false;
}

/* `newline`: drizzle-kit ends the drop of a foreign key in one. */
static void drop_constraints(vgk_run *r, const vgk_table_change *c,
                             const vgk_parts *parts, const char *newline)
{
    static const side order[] = {GONE, ALTERED};
    for (size_t i = 0; i < 2; i++)
        EACH_PART(p, parts)
    if (is_side(p, order[i]))
        SAY(r, c->to, "DROP CONSTRAINT %q;%s", *(const char *const *)p->from, newline);
}

void vgk_postgres_drop_uniques(vgk_run *r)
{
    EACH_ALTERED(r, c)
    drop_constraints(r, c, &c->uniques, "");
}

void vgk_postgres_drop_checks(vgk_run *r)
{
    EACH_ALTERED(r, c)
    {
        drop_constraints(r, c, &c->checks, "");
        drop_constraints(r, c, &c->excludes, "");
    }
}

void vgk_postgres_drop_foreign_keys(vgk_run *r)
{
    EACH_ALTERED(r, c)
    {
        vgk_parts left = {0};
        EACH_PART(p, &c->foreign_keys)
        {
            if (!p->from || !goes_along(r, p->from))
                *VGK_ADD(r->kit, &left) = *p;
        }
        drop_constraints(r, c, &left, "\n");
    }
}

void vgk_postgres_drop_primary_keys(vgk_run *r)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->primary_keys)
    {
        if (!p->to)
            SAY(r, c->to, "DROP CONSTRAINT %q;", ((const vgk_key *)p->from)->name);
    }
}

static void add_key(vgk_run *r, const vgk_table *t, const vgk_key *key,
                    const char *kind, const char *fails_if)
{
    vg_buf *out = vgk_buf(r->kit);
    vgk_postgres_put_key(out, key, kind);
    vgk_statement *s = SAY(r, t, "ADD %s;", vgk_buf_text(r->kit, out, NULL));
    vgk_postgres_note_reads(r->kit, t->name, s,
                            vgk_sql(r->kit, fails_if, t->name, key->name));
}

static const char two_keys[] = "fails if two rows of %s have the same %s";

void vgk_postgres_add_primary_keys(vgk_run *r)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->primary_keys)
    {
        if (!p->from)
            add_key(r, c->to, p->to, "PRIMARY KEY", two_keys);
    }
}

/* Two statements, the first of which ends in a newline. */
void vgk_postgres_alter_primary_keys(vgk_run *r)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->primary_keys)
    {
        if (!is_side(p, ALTERED))
            continue;
        SAY(r, c->to, "DROP CONSTRAINT %q;\n", ((const vgk_key *)p->from)->name);
        add_key(r, c->to, p->to, "PRIMARY KEY", two_keys);
    }
}

void vgk_postgres_add_uniques(vgk_run *r)
{
    static const side order[] = {MADE, ALTERED};
    EACH_ALTERED(r, c)
    for (size_t i = 0; i < 2; i++)
        EACH_PART(p, &c->uniques)
    if (is_side(p, order[i]))
        add_key(r, c->to, p->to, "UNIQUE", two_keys);
}

void vgk_postgres_add_checks(vgk_run *r)
{
    static const side order[] = {MADE, ALTERED};
    EACH_ALTERED(r, c)
    for (size_t i = 0; i < 2; i++) {
        EACH_PART(p, &c->checks)
        {
            const vgk_check *check = p->to;
            if (!is_side(p, order[i]))
                continue;
            vgk_statement *s = SAY(r, c->to, "ADD CONSTRAINT %q CHECK (%s);",
                                   check->name, check->value);
            vgk_postgres_note_reads(
                r->kit, c->to->name, s,
                vgk_sql(r->kit, "fails if a row is not as CHECK %s wants it: %s",
                        check->name, check->value));
        }
        EACH_PART(p, &c->excludes)
        {
            const vgk_exclude *exclude = p->to;
            if (!is_side(p, order[i]))
                continue;
            vgk_statement *s = SAY(r, c->to, "ADD CONSTRAINT %q EXCLUDE %s;",
                                   exclude->name, exclude->definition);
            vgk_postgres_note_reads(
                r->kit, c->to->name, s,
                vgk_sql(r->kit, "fails if two rows are what EXCLUDE %s excludes",
                        exclude->name));
        }
    }
}

static void add_foreign_key(vgk_run *r, const vgk_table *t, const vgk_foreign_key *key,
                            bool rows)
{
    vgk_statement *s =
        vgk_postgres_say(r, t->name, vgk_postgres_add_foreign_key(r->kit, t, key));
    if (rows)
        vgk_postgres_note_reads(r->kit, t->name, s,
                                vgk_sql(r->kit,
                                        "fails if a row of %s refers to no row of %s",
                                        t->name, key->table_to));
}

void vgk_postgres_foreign_keys_of_new_tables(vgk_run *r)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *t = p->to;
        for (size_t i = 0; !p->from && i < t->foreign_keys.len; i++)
            add_foreign_key(r, t, &t->foreign_keys.data[i], false);
    }
}

void vgk_postgres_add_foreign_keys(vgk_run *r)
{
    static const side order[] = {MADE, ALTERED};
    EACH_ALTERED(r, c)
    for (size_t i = 0; i < 2; i++)
        EACH_PART(p, &c->foreign_keys)
    if (is_side(p, order[i]))
        add_foreign_key(r, c->to, p->to, true);
}
