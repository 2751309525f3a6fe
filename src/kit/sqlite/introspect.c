/* A live database: what of it is looked at, and how it becomes a snapshot. */
#include "kit/filter.h"
#include "kit/sqlite/introspect.h"
#include "base/utf8.h"
#include <string.h>
#include <strings.h>

/* ---- what is looked at ---- */

/* What SQLite, Virga, Drizzle and services around SQLite keep for themselves. */
static bool is_internal(const vg_kit *kit, const char *name)
{
    static const char *const prefixes[] = {"sqlite_", "_cf_",       "_litestream_",
                                           "libsql_", "__drizzle_", "__virga_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncasecmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return strcasecmp(name, kit->config.table) == 0;
}

static bool is_virtual(const vgk_master *m)
{
    return strcmp(m->type, "table") == 0 && m->sql &&
           strncasecmp(m->sql, "create virtual", 14) == 0;
}

/* A table in which a virtual one keeps what it has. */
static bool is_shadow(const vgk_masters *all, const char *name)
{
    static const char *const suffixes[] = {"data",   "idx",      "content", "docsize",
                                           "config", "segments", "segdir",  "stat",
                                           "node",   "parent",   "rowid"};
    for (size_t i = 0; i < all->len; i++) {
        size_t len = strlen(all->data[i].name);
        if (!is_virtual(&all->data[i]) ||
            strncasecmp(name, all->data[i].name, len) != 0 || name[len] != '_')
            continue;
        for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++)
            if (strcasecmp(name + len + 1, suffixes[k]) == 0)
                return true;
    }
    return false;
}

static bool is_hidden(const vg_kit *kit, const vgk_masters *all, const char *name)
{
    return is_internal(kit, name) || is_shadow(all, name) || !vgk_passes(kit, name);
}

/* ---- objects ---- */

/* A view that names its columns is one of a SELECT that does. */
static const char *definition(vg_kit *kit, const vgk_read_view *read, const char *view)
{
    if (!read->columns.len)
        return read->definition;
    vg_buf *out = vgk_buf(kit);
    vg__buf_text(out, "with ");
    vg__buf_name(out, '"', view);
    vg__buf_text(out, "(");
    for (size_t i = 0; i < read->columns.len; i++) {
        vg__buf_text(out, i ? ", " : "");
        vg__buf_name(out, '"', read->columns.data[i]);
    }
    vg__buf_text(out, ") as (");
    vg__buf_text(out, read->definition);
    vg__buf_text(out, "\n) select * from ");
    vg__buf_name(out, '"', view);
    return vgk_buf_text(kit, out, NULL);
}

static int view(vg_kit *kit, vg_db *db, const vgk_master *m, vgk_snapshot *out)
{
    vgk_read_view read;
    vgk_live_columns live;
    const char *problem;
    if (!vgk_read_create_view(kit, m->sql, &read)) {
        vgk_remark(kit, out, "view %s is not understood and left alone", m->name);
        return VG_OK;
    }
    int rc = vgk_catalog_view(kit, db, m->name, &live, &problem);
    if (rc != VG_OK)
        return rc;
    if (problem)
        vgk_remark(kit, out, "view %s does not work: %s", m->name, problem);
    if (live.len > VG_MAX_COLUMNS) {
        vgk_remark(kit, out,
                   "view %s has %zu columns, and a schema's may have %d: it is "
                   "left alone",
                   m->name, live.len, VG_MAX_COLUMNS);
        return VG_OK;
    }
    vgk_view made = {.name = m->name, .definition = definition(kit, &read, m->name)};
    for (size_t i = 0; i < live.len; i++)
        *VGK_ADD(kit, &made.columns) =
            (vgk_column){.name = live.data[i].name, .type = live.data[i].type};
    *VGK_ADD(kit, &out->views) = made;
    return VG_OK;
}

/* As a schema writes it, so that one which says the same is the same text. */
static const char *trigger_text(vg_kit *kit, const vgk_trigger_text *t)
{
    vg_buf *out = vgk_buf(kit);
    size_t len = strlen(t->body);
    vgk_put(out, "CREATE TRIGGER %b %s %s", t->name, t->time, t->event);
    for (size_t i = 0; i < t->columns.len; i++)
        vgk_put(out, i ? ", %b" : " OF %b", t->columns.data[i]);
    vgk_put(out, " ON %b", t->table);
    if (t->when)
        vgk_put(out, " WHEN %s", t->when);
    while (len && strchr(" \t\n;", t->body[len - 1]))
        len--;
    vgk_put(out, " BEGIN\n\t%s;\nEND;", vgk_text_len(kit, t->body, len));
    return vgk_buf_text(kit, out, NULL);
}

static void trigger(vg_kit *kit, const vgk_master *m, vgk_snapshot *out)
{
    vgk_trigger_text read;
    if (!vgk_read_create_trigger(kit, m->sql, &read)) {
        vgk_remark(kit, out, "trigger %s is not understood and left alone", m->name);
        vgk_unsaid_of(kit, out, m->table, vgk_print(kit, "trigger %s", m->name));
        return;
    }
    read.table = m->table;
    *VGK_ADD(kit, &out->triggers) = (vgk_object){
        .name = m->name, .table = m->table, .sql = trigger_text(kit, &read)};
}

/* Triggers, once it is known which tables and views are looked at. */
static void triggers(vg_kit *kit, const vgk_masters *all, vgk_snapshot *out)
{
    for (size_t i = 0; i < all->len; i++) {
        const vgk_master *m = &all->data[i];
        if (strcmp(m->type, "trigger") != 0 || !m->sql ||
            (!vgk_find_table(out, m->table) && !vgk_find_view(out, m->table)))
            continue;
        bool utf8 = vg__is_utf8(m->sql);
        if (utf8 && !is_internal(kit, m->name)) {
            trigger(kit, m, out);
            continue;
        }
        if (!utf8)
            vgk_remark(kit, out, "trigger %s is not UTF-8 and left alone", m->name);
        vgk_unsaid_of(kit, out, m->table, vgk_print(kit, "trigger %s", m->name));
    }
}

/* Foreign keys to tables that are not looked at. */
static void prune_keys(vg_kit *kit, vgk_table *t, vgk_snapshot *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (vgk_find_table(out, key->table_to)) {
            t->foreign_keys.data[kept++] = *key;
        } else {
            vgk_remark(kit, out, "table %s: its foreign key to %s is left out", t->name,
                       key->table_to);
            vgk_unsaid_of(kit, out, t->name,
                          vgk_print(kit, "its foreign key to %s", key->table_to));
        }
    }
    t->foreign_keys.len = kept;
}

/* After all tables: it may be about one of them. */
static void virtual_tables(vg_kit *kit, const vgk_masters *all, vgk_snapshot *out)
{
    for (size_t i = 0; i < all->len; i++) {
        const vgk_master *m = &all->data[i];
        vgk_full_text read;
        if (!is_virtual(m) || !vg__is_utf8(m->sql) || is_hidden(kit, all, m->name))
            continue;
        if (vgk_sqlite_full_text(kit, out, m->sql, &read))
            *VGK_ADD(kit, &out->virtual_tables) = read.made;
        else
            vgk_remark(kit, out,
                       "virtual table %s is none that a schema can say and left alone",
                       m->name);
    }
}

int vgk_sqlite_introspect(vg_kit *kit, vg_db *db, bool for_header, vgk_snapshot *out)
{
    (void)for_header; /* names have no schema */
    vgk_catalog catalog;
    int rc = vgk_catalog_read(kit, db, &catalog);
    *out = (vgk_snapshot){.id = "00000000-0000-0000-0000-000000000000", .prev_id = ""};
    for (size_t i = 0; rc == VG_OK && i < catalog.masters.len; i++) {
        const vgk_master *m = &catalog.masters.data[i];
        if (!m->sql || is_internal(kit, m->name) ||
            is_hidden(kit, &catalog.masters, m->table))
            continue;
        if (strcmp(m->type, "trigger") == 0 || strcmp(m->type, "index") == 0)
            continue;
        if (!vg__is_utf8(m->sql))
            vgk_remark(kit, out, "%s %s is not UTF-8 and left alone", m->type, m->name);
        else if (strcmp(m->type, "table") == 0 && !is_virtual(m))
            vgk_sqlite_table(kit, &catalog, m, out);
        else if (strcmp(m->type, "view") == 0)
            rc = view(kit, db, m, out);
    }
    if (rc != VG_OK)
        return rc;
    for (size_t i = 0; i < out->tables.len; i++)
        prune_keys(kit, &out->tables.data[i], out);
    triggers(kit, &catalog.masters, out);
    virtual_tables(kit, &catalog.masters, out);
    return VG_OK;
}
