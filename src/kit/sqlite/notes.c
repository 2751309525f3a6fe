/* What a person should know of a statement before it runs. */
#include "kit/sqlite/sqlite.h"
#include <string.h>

void vgk_sqlite_note_added(vg_kit *kit, const vgk_table *t, const vgk_column *c,
                           vgk_statement *s)
{
    if (c->not_null && c->value.kind == VGK_DEFAULT_NONE && !c->generated)
        vgk_note(
            kit, s, VGK_MAY_FAIL,
            vgk_sql(kit,
                    "fails if table %s has rows: %s is NOT NULL and has no default; "
                    "give it one, or let it be NULL first",
                    t->name, c->name));
}

void vgk_sqlite_note_index(vg_kit *kit, const vgk_table *t, const vgk_index *index,
                           vgk_statement *s)
{
    vgk_note(kit, s, VGK_REWRITES, vgk_sql(kit, "reads all of table %s", t->name));
    if (index->unique)
        vgk_note(
            kit, s, VGK_MAY_FAIL,
            vgk_sql(kit, "fails if two rows are the same for index %s", index->name));
}

static void note_column(vg_kit *kit, const vgk_table_change *change,
                        const vgk_part *part, vgk_statement *s)
{
    const vgk_column *from = part->from, *to = part->to;
    const char *table = change->to->name;
    if (!from)
        vgk_sqlite_note_added(kit, change->to, to, s);
    if (!from || !to || to->generated)
        return;
    if (to->not_null && !from->not_null)
        vgk_note(kit, s, VGK_MAY_FAIL,
                 vgk_sql(kit, "fails if %s.%s is NULL in a row: fill it first", table,
                         to->name));
    if (strcmp(from->type, to->type) != 0)
        vgk_note(kit, s, 0,
                 vgk_sql(kit, "%s.%s changes from %s to %s, its values are converted",
                         table, to->name, from->type, to->type));
}

void vgk_sqlite_note_copy(vg_kit *kit, const vgk_table_change *change, vgk_statement *s)
{
    const char *table = change->to->name;
    vgk_note(kit, s, VGK_REWRITES, vgk_sql(kit, "copies table %s", table));
    for (size_t i = 0; i < change->columns.len; i++)
        note_column(kit, change, &change->columns.data[i], s);
    for (size_t i = 0; i < change->checks.len; i++) {
        const vgk_check *check = change->checks.data[i].to;
        if (check)
            vgk_note(kit, s, VGK_MAY_FAIL,
                     vgk_sql(kit, "fails if a row is not as CHECK %s wants it: %s",
                             check->name, check->value));
    }
    for (size_t i = 0; i < change->primary_keys.len; i++)
        if (change->primary_keys.data[i].to)
            vgk_note(kit, s, VGK_MAY_FAIL,
                     vgk_sql(kit, "fails if two rows of %s have the same primary key",
                             table));
    for (size_t i = 0; i < change->foreign_keys.len; i++) {
        const vgk_foreign_key *key = change->foreign_keys.data[i].to;
        if (key && !change->foreign_keys.data[i].from)
            vgk_note(kit, s, VGK_MAY_FAIL,
                     vgk_sql(kit, "fails if a row of %s refers to no row of %s", table,
                             key->table_to));
    }
    if (change->to->strict && !change->from->strict)
        vgk_note(
            kit, s, VGK_MAY_FAIL,
            vgk_sql(kit, "fails if a value of %s is not of its column's type", table));
}

void vgk_sqlite_note_replaced(vg_kit *kit, const vgk_table_change *change,
                              vgk_statement *s)
{
    for (size_t i = 0; i < change->columns.len; i++) {
        const vgk_column *from = change->columns.data[i].from,
                         *to = change->columns.data[i].to;
        if (from && !from->generated && (!to || to->generated))
            vgk_note(kit, s, VGK_LOSES,
                     vgk_sql(kit, "drops column %s.%s and its values", change->to->name,
                             from->name));
    }
}
