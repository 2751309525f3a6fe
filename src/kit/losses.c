/* Counting rows and values that a push would lose. */
#include "kit/losses.h"
#include "kit/dialect.h"
#include <string.h>

static int count(vgk_losing *c, const char *sql, int64_t *n)
{
    int rc = c->kit->dialect->count(c->kit, c->db, sql, n);
    *VGK_ADD(c->kit, &c->counts) = (vgk_count){sql, *n};
    return rc;
}

static const char *plural(int64_t n, const char *noun)
{
    return n == 1 ? "" : noun;
}

static void lose(vgk_losing *c, int64_t n, const char *text)
{
    *VGK_ADD(c->kit, &c->losses) = (vg_kit_loss){text, n};
}

/* A table as SQL has it. */
static const char *in_sql(const vgk_losing *c, const char *name, const char *schema)
{
    return schema ? vgk_sql(c->kit, "%q.%q", schema, vgk_base_name(name, schema))
                  : vgk_sql(c->kit, "%q", name);
}

static int dropped_table(vgk_losing *c, const vgk_table *t)
{
    int64_t n = 0;
    int rc = count(
        c, vgk_sql(c->kit, "select count(*) from %s", in_sql(c, t->name, t->schema)),
        &n);
    if (n)
        lose(c, n,
             vgk_print(c->kit, "table %s and its %lld row%s are dropped", t->name,
                       (long long)n, plural(n, "s")));
    return rc;
}

static int values(vgk_losing *c, const vgk_table *t, const vgk_column *column,
                  int64_t *n)
{
    return count(c,
                 vgk_sql(c->kit, "select count(%q) from %s", column->name,
                         in_sql(c, t->name, t->schema)),
                 n);
}

static int dropped_column(vgk_losing *c, const vgk_table *t, const vgk_column *from)
{
    int64_t n = 0;
    int rc = values(c, t, from, &n);
    if (n)
        lose(c, n,
             vgk_print(c->kit, "column %s.%s and its %lld value%s are dropped", t->name,
                       from->name, (long long)n, plural(n, "s")));
    return rc;
}

/* A table with rows has no place for it. */
static int needed_column(vgk_losing *c, const vgk_table_change *change,
                         const vgk_column *to)
{
    int64_t n = 0;
    int rc = count(c,
                   vgk_sql(c->kit, "select count(*) from %s",
                           in_sql(c, change->from->name, change->from->schema)),
                   &n);
    if (!n)
        return rc;
    lose(c, n,
         vgk_print(c->kit,
                   "all %lld row%s of table %s are deleted: the new column %s is NOT "
                   "NULL and has no default",
                   (long long)n, plural(n, "s"), change->to->name, to->name));
    vgk_statement *s = vgk_say(c->kit, &c->first, change->to->name,
                               c->kit->dialect->empty(c->kit, change->from));
    s->flags = VGK_LOSES;
    s->note = vgk_print(c->kit, "deletes all rows of %s", change->to->name);
    return rc;
}

static int changed_column(vgk_losing *c, const vgk_table_change *change,
                          const vgk_column *from, const vgk_column *to)
{
    int64_t n = 0;
    if (from->generated || (!to->generated && strcmp(from->type, to->type) == 0))
        return VG_OK;
    int rc = values(c, change->from, from, &n);
    if (n && to->generated)
        lose(c, n,
             vgk_print(c->kit,
                       "column %s.%s becomes generated and its %lld value%s %s "
                       "dropped",
                       change->to->name, to->name, (long long)n, plural(n, "s"),
                       n == 1 ? "is" : "are"));
    else if (n)
        lose(c, n,
             vgk_print(c->kit,
                       "column %s.%s changes from %s to %s and its %lld value%s %s "
                       "converted",
                       change->to->name, to->name, from->type, to->type, (long long)n,
                       plural(n, "s"), n == 1 ? "is" : "are"));
    return rc;
}

/* The database fills it in by itself. */
static bool fills(const vgk_column *c)
{
    return c->identity || strstr(c->type, "serial");
}

/* A key that has a name goes without its table. */
static void dropped_key(vgk_losing *c, const vgk_table_change *change)
{
    for (size_t i = 0; i < change->primary_keys.len; i++)
        if (c->kit->dialect->key_names && change->primary_keys.data[i].from &&
            !change->to->primary_keys.len)
            lose(c, 0,
                 vgk_print(c->kit, "table %s loses its primary key", change->to->name));
}

static int changed_table(vgk_losing *c, const vgk_table_change *change)
{
    bool deleted = false;
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < change->columns.len; i++) {
        const vgk_column *from = change->columns.data[i].from,
                         *to = change->columns.data[i].to;
        if (from && to)
            rc = changed_column(c, change, from, to);
        else if (from && !from->generated)
            rc = dropped_column(c, change->from, from);
        else if (to && to->not_null && to->value.kind == VGK_DEFAULT_NONE &&
                 !to->generated && !fills(to) && !deleted) {
            rc = needed_column(c, change, to);
            deleted = true;
        }
    }
    dropped_key(c, change);
    return rc;
}

/* One that is an index of another table is filled again, or can be. */
static int dropped_virtual(vgk_losing *c, const vgk_part *part)
{
    const vgk_object *from = part->from;
    int64_t n = 0;
    if (!from || from->fill)
        return VG_OK;
    int rc = count(c, vgk_sql(c->kit, "select count(*) from %q", from->name), &n);
    if (n)
        lose(c, n,
             vgk_print(c->kit, "virtual table %s %s %lld row%s %s dropped", from->name,
                       part->to ? "is made anew and its" : "and its", (long long)n,
                       plural(n, "s"), part->to && n == 1 ? "is" : "are"));
    return rc;
}

/* A view that keeps rows. */
static int dropped_view(vgk_losing *c, const vgk_part *part)
{
    const vgk_view *from = part->from;
    int64_t n = 0;
    if (!from || !from->materialized || part->to || from->no_data)
        return VG_OK;
    int rc = count(
        c,
        vgk_sql(c->kit, "select count(*) from %s", in_sql(c, from->name, from->schema)),
        &n);
    if (n)
        lose(c, n,
             vgk_print(c->kit, "materialised view %s and its %lld row%s are dropped",
                       from->name, (long long)n, plural(n, "s")));
    return rc;
}

int vgk_losses_of(vgk_losing *l)
{
    const vgk_changes *changes = l->changes;
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < changes->tables.len; i++)
        if (!changes->tables.data[i].to)
            rc = dropped_table(l, changes->tables.data[i].from);
    for (size_t i = 0; rc == VG_OK && i < changes->virtual_tables.len; i++)
        rc = dropped_virtual(l, &changes->virtual_tables.data[i]);
    for (size_t i = 0; rc == VG_OK && i < changes->views.len; i++)
        rc = dropped_view(l, &changes->views.data[i]);
    for (size_t i = 0; rc == VG_OK && i < changes->altered.len; i++)
        rc = changed_table(l, &changes->altered.data[i]);
    return rc;
}

/* ---- besides rows ---- */

/* Whether a virtual table of before has it to be kept current. */
static bool is_sync(const vgk_losing *l, const char *trigger)
{
    const vgk_snapshot *from = l->changes->from;
    for (size_t i = 0; i < from->virtual_tables.len; i++) {
        vgk_full_text read;
        if (!l->kit->dialect->full_text(l->kit, from, from->virtual_tables.data[i].sql,
                                        &read))
            continue;
        for (size_t k = 0; k < read.triggers.len; k++)
            if (strcmp(read.triggers.data[k].name, trigger) == 0)
                return true;
    }
    return false;
}

/* By what name the table of a trigger goes on; NULL: not at all. */
static const char *goes_on(const vgk_losing *l, const char *table)
{
    for (size_t i = 0; i < l->changes->altered.len; i++)
        if (strcmp(l->changes->altered.data[i].from->name, table) == 0)
            return l->changes->altered.data[i].to->name;
    return vgk_find_table(l->changes->to, table) || vgk_find_view(l->changes->to, table)
               ? table
               : NULL;
}

static bool makes_anew(const vgk_statements *statements, const char *table)
{
    for (size_t i = 0; i < statements->len; i++)
        if (statements->data[i].drops && strcmp(statements->data[i].drops, table) == 0)
            return true;
    return false;
}

void vgk_losses_besides(vgk_losing *l, const vgk_statements *statements)
{
    const vgk_changes *changes = l->changes;
    for (size_t i = 0; i < changes->triggers.len; i++) {
        const vgk_object *t = changes->triggers.data[i].from;
        if (t && !changes->triggers.data[i].to && goes_on(l, t->table) &&
            !is_sync(l, t->name))
            lose(l, 0,
                 vgk_print(l->kit, "trigger %s of %s is dropped: the schema has none",
                           t->name, t->table));
    }
    for (size_t i = 0; i < changes->altered.len; i++)
        for (size_t k = 0; k < changes->altered.data[i].policies.len; k++) {
            const vgk_part *part = &changes->altered.data[i].policies.data[k];
            if (part->from && !part->to)
                lose(l, 0,
                     vgk_print(l->kit,
                               "policy %s of %s is dropped: the schema has none",
                               ((const vgk_policy *)part->from)->name,
                               changes->altered.data[i].to->name));
        }
    for (size_t i = 0; i < changes->sequences.len; i++) {
        const vgk_sequence *sequence = changes->sequences.data[i].from;
        if (sequence && !changes->sequences.data[i].to)
            lose(l, 0,
                 vgk_print(l->kit, "sequence %s is dropped, and how far it has counted",
                           sequence->name));
    }
    for (size_t i = 0; i < changes->from->unsaid.len; i++) {
        const vgk_unsaid *u = &changes->from->unsaid.data[i];
        const char *table = goes_on(l, u->table);
        if (table && makes_anew(statements, table))
            lose(l, 0,
                 vgk_print(l->kit, "table %s is made anew without %s", table, u->what));
    }
}
