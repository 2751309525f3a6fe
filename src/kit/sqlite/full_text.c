/* FTS5 tables, as a schema would make them: by making descriptors of one. */
#include "kit/sqlite/introspect.h"
#include "kit/sqlite/same.h"
#include <string.h>
#include <strings.h>
#include <virga/fts.h>

/* The column that the rowid has another name in. */
static const vgk_column *rowid_of(const vgk_table *t)
{
    for (size_t i = 0; i < t->columns.len; i++)
        if (t->columns.data[i].primary_key &&
            strcmp(t->columns.data[i].type, "integer") == 0)
            return &t->columns.data[i];
    return NULL;
}

/* Its content table, by the database's own spelling; false: a schema cannot say it. */
static bool content(const vgk_snapshot *s, vgk_full_text *f)
{
    const vgk_table *t = NULL;
    for (size_t i = 0; i < s->tables.len; i++)
        if (strcasecmp(s->tables.data[i].name, f->content) == 0)
            t = &s->tables.data[i];
    const vgk_column *key = t ? rowid_of(t) : NULL;
    if (!key ||
        (strcasecmp(f->key, "rowid") != 0 && strcasecmp(f->key, key->name) != 0))
        return false;
    f->content = t->name;
    f->key = key->name;
    for (size_t i = 0; i < f->columns.len; i++)
        if (!vgk_find_column(&t->columns, f->columns.data[i]))
            return false;
    return true;
}

static bool is_unindexed(const vgk_full_text *f, const char *column)
{
    for (size_t i = 0; i < f->unindexed.len; i++)
        if (f->unindexed.data[i] == column)
            return true;
    return false;
}

/* A column `first`, an integer key, then those of the table. */
static vg_column *columns(vg_kit *kit, const vgk_full_text *f, const char *first)
{
    vg_column *all = vgk_alloc(kit, (f->columns.len + 1) * sizeof *all);
    all[0] = (vg_column){.name = first,
                         .type = VG_TYPE_INTEGER,
                         .sql_class = VG_K_int,
                         .flags = VG_F_PRIMARY_KEY};
    for (size_t i = 0; i < f->columns.len; i++)
        all[i + 1] = (vg_column){
            .name = f->columns.data[i],
            .type = VG_TYPE_TEXT,
            .sql_class = VG_K_text,
            .nullable = true,
            .flags = is_unindexed(f, f->columns.data[i]) ? VG_F_UNINDEXED : 0};
    return all;
}

/* What a schema with it yields. */
static bool describe(vg_kit *kit, const vgk_full_text *f, vgk_snapshot *out)
{
    const uint32_t count = (uint32_t)f->columns.len + 1;
    vg_shape texts = {
        .kind = VG_SHAPE_TABLE, .name = f->content, .column_count = count};
    vg_fts fts = {.tokenize = f->tokenize, .prefix = f->prefix, .version = 5};
    vg_shape index = {.kind = VG_SHAPE_TABLE, .name = f->name, .column_count = count};
    const vg_shape *all[] = {&index, &texts};
    const vg_schema schema = {"full_text", all, f->content ? 2 : 1};
    index.fts = &fts;
    index.columns = columns(kit, f, "rowid");
    if (f->content) {
        texts.columns = columns(kit, f, f->key);
        fts.content = &texts;
        fts.content_key = f->key;
        fts.sync = true;
    }
    return vgk_snapshot_of_schema(kit, &schema, out) == VG_OK;
}

/* Whether all three triggers that keep it current are there. */
static bool is_synced(const vgk_snapshot *s, const vgk_snapshot *made)
{
    size_t n = 0;
    for (size_t i = 0; i < made->triggers.len; i++) {
        const vgk_object *t =
            vgk_find_object(&s->triggers, made->triggers.data[i].name);
        n += t && vgk_sqlite_same(t->sql, made->triggers.data[i].sql, NULL, 0);
    }
    return n && n == made->triggers.len;
}

bool vgk_sqlite_full_text(vg_kit *kit, const vgk_snapshot *s, const char *sql,
                          vgk_full_text *out)
{
    vgk_snapshot made;
    if (!vgk_read_full_text(kit, sql, out) || out->columns.len >= VG_MAX_COLUMNS ||
        (out->content && !content(s, out)) || !describe(kit, out, &made)) {
        kit->code = VG_OK; /* no failure of the call */
        kit->message[0] = 0;
        return false;
    }
    out->made = made.virtual_tables.data[0];
    out->triggers = made.triggers;
    out->sync = is_synced(s, &made);
    return true;
}
