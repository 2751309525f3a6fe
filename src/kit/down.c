/* The way back: the same diff from the new snapshot to the old one, and what no statement
 * brings back. */
#include "kit/dialect.h"
#include <string.h>

/* `name` in the schema that was called otherwise before. */
static const char *before(vg_kit *kit, const vgk_renames *renames, const char *name)
{
    for (size_t i = 0; i < renames->len; i++) {
        const vgk_rename *r = &renames->data[i];
        size_t len = strlen(r->to);
        if (r->kind == VGK_NAMESPACE && *r->from && strncmp(name, r->to, len) == 0 &&
            name[len] == '.')
            return vgk_qualified(kit, r->from, name + len + 1);
    }
    return name;
}

static bool in_schema(vgk_kind kind)
{
    return kind == VGK_TABLE || kind == VGK_VIEW || kind == VGK_ENUM ||
           kind == VGK_SEQUENCE;
}

/* What was renamed is renamed back; a column's table by the name that it will have. */
static vgk_renames turned(vg_kit *kit, const vgk_renames *renames)
{
    vgk_renames out = {0};
    for (size_t i = 0; i < renames->len; i++) {
        const vgk_rename *r = &renames->data[i];
        const char *table = r->table, *from = r->from, *to = r->to;
        for (size_t j = 0; *r->table && j < renames->len; j++) {
            const vgk_rename *t = &renames->data[j];
            if (t->kind == VGK_TABLE && strcmp(t->to, r->table) == 0)
                table = t->from;
        }
        if (in_schema(r->kind)) {
            from = *from ? before(kit, renames, from) : from;
            to = before(kit, renames, to);
        }
        *VGK_ADD(kit, &out) =
            (vgk_rename){r->kind, before(kit, renames, table), to, from};
    }
    return out;
}

/* ---- what is lost ---- */

static void lose(vg_kit *kit, vgk_texts *losses, const char *reason)
{
    *VGK_ADD(kit, losses) = reason;
}

static void lose_column(vg_kit *kit, const char *table, const vgk_part *part,
                        vgk_texts *losses)
{
    const vgk_column *from = part->from, *to = part->to;
    if (!from || from->generated)
        return;
    if (!to)
        lose(kit, losses,
             vgk_sql(kit, "drops column %s.%s and its values", table, from->name));
    else if (to->generated)
        lose(kit, losses,
             vgk_sql(kit, "%s.%s becomes a generated column, its values are gone",
                     table, from->name));
    else if (kit->dialect->converts(from->type, to->type))
        lose(kit, losses,
             vgk_sql(kit, "converts the values of %s.%s from %s to %s", table,
                     from->name, from->type, to->type));
}

static void find_losses(vg_kit *kit, const vgk_changes *changes, vgk_texts *losses)
{
    for (size_t i = 0; i < changes->tables.len; i++) {
        const vgk_table *t = changes->tables.data[i].from;
        if (t && !changes->tables.data[i].to)
            lose(kit, losses, vgk_sql(kit, "drops table %s and its rows", t->name));
    }
    for (size_t i = 0; i < changes->altered.len; i++) {
        const vgk_table_change *c = &changes->altered.data[i];
        for (size_t j = 0; j < c->columns.len; j++)
            lose_column(kit, c->from->name, &c->columns.data[j], losses);
    }
    for (size_t i = 0; i < changes->sequences.len; i++) {
        const vgk_sequence *q = changes->sequences.data[i].from;
        if (q && !changes->sequences.data[i].to)
            lose(kit, losses,
                 vgk_sql(kit, "drops sequence %s and how far it has counted", q->name));
    }
    for (size_t i = 0; i < changes->virtual_tables.len; i++) {
        const vgk_object *t = changes->virtual_tables.data[i].from;
        if (t && !t->fill)
            lose(kit, losses,
                 vgk_sql(kit, "drops virtual table %s and what it holds", t->name));
    }
}

int vgk_inverse(vg_kit *kit, const vgk_changes *changes, vgk_statements *out,
                vgk_texts *losses)
{
    vgk_changes back;
    vgk_renames renames = turned(kit, &changes->renames);
    *losses = (vgk_texts){0};
    find_losses(kit, changes, losses);
    int rc = vgk_diff(kit, changes->to, changes->from, &renames, &back);
    return rc ? rc : kit->dialect->statements(kit, &back, out);
}

const char *vgk_down(vg_kit *kit, const vgk_statements *back, const vgk_texts *losses,
                     bool breakpoints)
{
    vgk_statements said = {0};
    for (size_t i = 0; i < back->len; i++) {
        vgk_statement *s = VGK_ADD(kit, &said);
        *s = back->data[i];
        if (s->flags & VGK_LOSES)
            s->sql = vgk_sql(kit, "-- %s\n%s", s->note, s->sql);
    }
    vg_buf *buf = vgk_buf(kit);
    for (size_t i = 0; i < losses->len; i++)
        vgk_put(buf, "-- irreversible: %s\n", losses->data[i]);
    vg__buf_text(buf, vgk_join(kit, &said, breakpoints, NULL));
    return vgk_buf_text(kit, buf, NULL);
}
