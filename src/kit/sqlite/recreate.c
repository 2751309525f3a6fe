/* What ALTER TABLE cannot do: a new table beside the old one, its rows copied, the old one
 * dropped, the new one renamed, the indexes made again. drizzle-kit's statements, but for what
 * is copied: only columns that both tables have, a renamed one by its old name, and none that
 * is generated. */
#include "kit/sqlite/sqlite.h"
#include "kit/sqlite/same.h"
#include <string.h>
#include <strings.h>

/* ---- when ---- */

static bool is_stored(const vgk_column *c)
{
    return c->generated && strcasecmp(c->generated->type, "stored") == 0;
}

static bool index_uses(const vgk_index *index, const char *column)
{
    bool uses = index->where && vgk_mentions(index->where, column);
    for (size_t i = 0; i < index->columns.len && !uses; i++)
        uses = strcasecmp(index->columns.data[i].text, column) == 0 ||
               vgk_mentions(index->columns.data[i].text, column);
    return uses;
}

/* Is another column generated from it? */
static bool is_source(const vgk_table *t, const char *column)
{
    bool source = false;
    for (size_t i = 0; i < t->columns.len && !source; i++) {
        const vgk_column *c = &t->columns.data[i];
        source = c->generated && strcmp(c->name, column) != 0 &&
                 vgk_mentions(c->generated->as, column);
    }
    return source;
}

/* Does something of the table mention the column? ALTER TABLE DROP COLUMN then fails. */
static bool is_used(const vgk_table *t, const char *column)
{
    bool used = is_source(t, column);
    for (size_t i = 0; i < t->indexes.len && !used; i++)
        used = index_uses(&t->indexes.data[i], column);
    for (size_t i = 0; i < t->checks.len && !used; i++)
        used = vgk_mentions(t->checks.data[i].value, column);
    for (size_t i = 0; i < t->foreign_keys.len && !used; i++)
        for (size_t j = 0; j < t->foreign_keys.data[i].columns_from.len && !used; j++)
            used = strcmp(t->foreign_keys.data[i].columns_from.data[j], column) == 0;
    return used;
}

bool vgk_sqlite_regenerates(const vgk_part *part)
{
    const vgk_column *from = part->from, *to = part->to;
    return from && to && to->generated &&
           (!from->generated || strcmp(from->generated->as, to->generated->as) != 0 ||
            strcmp(from->generated->type, to->generated->type) != 0);
}

/* A column that ALTER TABLE can neither drop, nor add, nor alter. */
static bool is_beyond_alter(const vgk_table_change *change, const vgk_part *part)
{
    const vgk_column *from = part->from, *to = part->to;
    if (!to)
        return from->primary_key;
    if (!from)
        return to->primary_key || is_stored(to) ||
               !vgk_sqlite_constant_default(&to->value);
    if (!vgk_sqlite_regenerates(part))
        return true;
    /* Only the expression of a virtual column: it is dropped and added. */
    vgk_column was = *from;
    was.generated = to->generated;
    return is_stored(to) || !vgk_same_column(&was, to) ||
           is_used(change->to, to->name) || is_source(change->from, from->name);
}

/* An added key of one column that is new, too: ADD ... REFERENCES. */
static bool comes_with_column(const vgk_table_change *change, const vgk_part *part)
{
    const vgk_foreign_key *key = part->to;
    if (part->from || key->columns_from.len != 1)
        return false;
    for (size_t i = 0; i < change->columns.len; i++) {
        const vgk_column *c = change->columns.data[i].to;
        if (c && !change->columns.data[i].from &&
            strcmp(c->name, key->columns_from.data[0]) == 0)
            return true;
    }
    return false;
}

bool vgk_sqlite_must_recreate(const vgk_table_change *change)
{
    if (change->primary_keys.len || change->uniques.len || change->checks.len ||
        change->storage)
        return true;
    for (size_t i = 0; i < change->columns.len; i++)
        if (is_beyond_alter(change, &change->columns.data[i]))
            return true;
    for (size_t i = 0; i < change->foreign_keys.len; i++)
        if (!change->foreign_keys.data[i].to ||
            !comes_with_column(change, &change->foreign_keys.data[i]))
            return true;
    return false;
}

/* ---- how ---- */

typedef struct copied {
    vg_buf *to, *from; /* lists of columns */
    size_t len;
} copied;

static void copy_column(copied *c, const char *to, const char *from)
{
    vgk_put(c->to, "%s%q", c->len ? ", " : "", to);
    vgk_put(c->from, "%s%q", c->len++ ? ", " : "", from);
}

static const char *insert(vg_kit *kit, const vgk_changes *changes,
                          const vgk_table_change *change, bool renamed,
                          const char *name)
{
    const vgk_table *t = change->to;
    copied c = {vgk_buf(kit), vgk_buf(kit), 0};
    for (size_t i = 0; i < t->columns.len; i++) {
        const vgk_column *to = &t->columns.data[i];
        const vgk_column *from = vgk_column_before(changes, change, to->name);
        if (from && !to->generated)
            copy_column(&c, to->name, renamed ? to->name : from->name);
    }
    if (c.len == 0 && !t->without_rowid && !change->from->without_rowid)
        copy_column(&c, "rowid",
                    "rowid"); /* nothing else is in both, but the rows are */
    const char *to = vgk_buf_text(kit, c.to, NULL),
               *from = vgk_buf_text(kit, c.from, NULL);
    return c.len ? vgk_sql(kit, "INSERT INTO %b(%s) SELECT %s FROM %b;", name, to, from,
                           t->name)
                 : NULL;
}

void vgk_sqlite_recreate(vg_kit *kit, const vgk_changes *changes,
                         const vgk_table_change *change, bool renamed,
                         vgk_statements *out)
{
    const vgk_table *t = change->to;
    const char *name = vgk_sql(kit, "__new_%s", t->name);
    vgk_say(kit, out, t->name, "PRAGMA foreign_keys=OFF;");
    vgk_say(kit, out, t->name, vgk_sqlite_create_table(kit, t, name));
    const char *rows = insert(kit, changes, change, renamed, name);
    if (rows) {
        vgk_say(kit, out, t->name, rows);
        vgk_sqlite_note_copy(kit, change, &out->data[out->len - 1]);
    }
    vgk_say(kit, out, t->name, vgk_sql(kit, "DROP TABLE %b;", t->name))->drops =
        t->name;
    vgk_sqlite_note_replaced(kit, change, &out->data[out->len - 1]);
    vgk_say(kit, out, t->name,
            vgk_sql(kit, "ALTER TABLE %b RENAME TO %b;", name, t->name))
        ->makes = t->name;
    vgk_say(kit, out, t->name, "PRAGMA foreign_keys=ON;");
    for (size_t i = 0; i < t->indexes.len; i++)
        vgk_say(kit, out, t->name,
                vgk_sqlite_create_index(kit, t->name, &t->indexes.data[i]))
            ->makes = t->indexes.data[i].name;
}
