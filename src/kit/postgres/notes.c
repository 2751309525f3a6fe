/* What a person should know of a statement before it runs. */
#include "kit/postgres/postgres.h"
#include <string.h>

void vgk_postgres_note_reads(vg_kit *kit, const char *table, vgk_statement *s,
                             const char *fails_if)
{
    vgk_note(kit, s, VGK_REWRITES, vgk_sql(kit, "reads all of table %s", table));
    vgk_note(kit, s, VGK_MAY_FAIL, fails_if);
}

/* A value that is another one for each row, as far as its words tell. */
static bool is_volatile(const vgk_default *d)
{
    static const char *const words[] = {"random", "uuid", "clock_timestamp", "nextval"};
    for (size_t i = 0; d->kind == VGK_DEFAULT_SQL && i < sizeof words / sizeof *words;
         i++)
        if (*d->text != '\'' && strstr(d->text, words[i]))
            return true;
    return false;
}

void vgk_postgres_note_added(vg_kit *kit, const vgk_table *t, const vgk_column *c,
                             vgk_statement *s)
{
    bool counts = c->identity || vgk_postgres_is_serial(c->type);
    if (counts || c->generated || is_volatile(&c->value))
        vgk_note(kit, s, VGK_REWRITES, vgk_sql(kit, "rewrites table %s", t->name));
    if ((c->not_null || c->primary_key) && !counts && !c->generated &&
        c->value.kind == VGK_DEFAULT_NONE)
        vgk_note(
            kit, s, VGK_MAY_FAIL,
            vgk_sql(kit,
                    "fails if table %s has rows: %s is NOT NULL and has no default; "
                    "give it one, or let it be NULL first",
                    t->name, c->name));
}

void vgk_postgres_note_type(vg_kit *kit, const vgk_table *t, const vgk_column *from,
                            const vgk_column *to, vgk_statement *s)
{
    vgk_note(kit, s, VGK_REWRITES,
             vgk_sql(kit, "rewrites table %s: %s.%s changes from %s to %s", t->name,
                     t->name, to->name, from->type, to->type));
    if (!vgk_postgres_assigns(from, to) || vgk_postgres_converts(from->type, to->type))
        vgk_note(kit, s, VGK_MAY_FAIL,
                 vgk_sql(kit, "fails if a value of %s.%s is no %s", t->name, to->name,
                         to->type));
}
