/* Counting rows and values that a push would lose. */
#include "kit/losses.h"
#include "kit/dialect.h"
#include <string.h>

typedef struct counter {
    vg_kit *kit;
    vg_db *db;
    vgk_losses *out;
    vgk_statements *first;
} counter;

static int count(const counter *c, const char *sql, int64_t *n)
{
    return c->kit->dialect->count(c->kit, c->db, sql, n);
}

static const char *plural(int64_t n, const char *noun)
{
    return n == 1 ? "" : noun;
}

static void lose(const counter *c, int64_t n, const char *text)
{
    *VGK_ADD(c->kit, c->out) = (vg_kit_loss){text, n};
}

static int dropped_table(const counter *c, const vgk_table *t)
{
    int64_t n = 0;
    int rc = count(c, vgk_sql(c->kit, "select count(*) from %q", t->name), &n);
    if (n)
        lose(c, n,
             vgk_print(c->kit, "table %s and its %lld row%s are dropped", t->name,
                       (long long)n, plural(n, "s")));
    return rc;
}

static int values(const counter *c, const vgk_table *t, const vgk_column *column,
                  int64_t *n)
{
    return count(c, vgk_sql(c->kit, "select count(%q) from %q", column->name, t->name),
                 n);
}

static int dropped_column(const counter *c, const vgk_table *t, const vgk_column *from)
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
static int needed_column(const counter *c, const vgk_table_change *change,
                         const vgk_column *to)
{
    int64_t n = 0;
    int rc =
        count(c, vgk_sql(c->kit, "select count(*) from %q", change->from->name), &n);
    if (!n)
        return rc;
    lose(c, n,
         vgk_print(c->kit,
                   "all %lld row%s of table %s are deleted: the new column %s is NOT "
                   "NULL and has no default",
                   (long long)n, plural(n, "s"), change->to->name, to->name));
    vgk_statement *s = vgk_say(c->kit, c->first, change->to->name,
                               vgk_sql(c->kit, "DELETE FROM %b;", change->from->name));
    s->flags = VGK_LOSES;
    s->note = vgk_print(c->kit, "deletes all rows of %s", change->to->name);
    return rc;
}

static int changed_column(const counter *c, const vgk_table_change *change,
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

static int changed_table(const counter *c, const vgk_table_change *change)
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
                 !to->generated && !deleted) {
            rc = needed_column(c, change, to);
            deleted = true;
        }
    }
    return rc;
}

int vgk_losses_of(vg_kit *kit, vg_db *db, const vgk_changes *changes, vgk_losses *out,
                  vgk_statements *first)
{
    counter c = {kit, db, out, first};
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < changes->tables.len; i++)
        if (!changes->tables.data[i].to)
            rc = dropped_table(&c, changes->tables.data[i].from);
    for (size_t i = 0; rc == VG_OK && i < changes->altered.len; i++)
        rc = changed_table(&c, &changes->altered.data[i]);
    return rc;
}
