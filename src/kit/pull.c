/* Pull: a live database as a schema header, and as the first migration. */
#include "kit/applied.h"
#include "kit/header.h"
#include <string.h>
#include <virga/migrate.h>

typedef struct pulling {
    vg_db *db;
    const vg_kit_pull_options *options;
    vg_kit_pulled *out;
} pulling;

static void count(const vgk_snapshot *s, vg_kit_pulled *out)
{
    out->tables = s->tables.len + s->virtual_tables.len;
    out->views = s->views.len;
    out->triggers = s->triggers.len;
    for (size_t i = 0; i < s->tables.len; i++) {
        const vgk_table *t = &s->tables.data[i];
        out->columns += t->columns.len;
        out->indexes += t->indexes.len;
        out->foreign_keys += t->foreign_keys.len;
        out->checks += t->checks.len;
    }
}

/* ---- the baseline ---- */

/* The statements as a comment, which nothing inside may end. */
static const char *commented(vg_kit *kit, const char *sql)
{
    vg_buf *out = vgk_buf(kit);
    vg__buf_text(
        out, "-- Current sql file was generated after introspecting the database\n"
             "-- If you want to run this migration please uncomment this code before "
             "executing migrations\n/*\n");
    for (; *sql; sql++) {
        vg__buf_char(out, *sql);
        if ((sql[0] == '*' && sql[1] == '/') || (sql[0] == '/' && sql[1] == '*'))
            vg__buf_char(out, ' ');
    }
    vg__buf_text(out, "\n*/");
    return vgk_buf_text(kit, out, NULL);
}

static int statements_of(vg_kit *kit, const vgk_snapshot *s, const char **sql)
{
    const vgk_snapshot none = {.id = vgk_first_id, .prev_id = ""};
    vgk_renames renames = {0};
    vgk_changes changes = {0};
    vgk_statements statements = {0};
    size_t len;
    int rc = vgk_diff(kit, &none, s, &renames, &changes);
    if (rc == VG_OK)
        rc = kit->dialect->statements(kit, &changes, &statements);
    *sql = rc == VG_OK && statements.len
               ? vgk_join(kit, &statements, !kit->config.no_breakpoints, &len)
               : NULL;
    return rc;
}

/* Note in the database that it has run: there is nothing in it but comments. */
static int initialize(vg_kit *kit, const pulling *p, const vgk_migration *m)
{
    const vg_migration first = {.tag = m->entry.tag,
                                .when = m->entry.when,
                                .sql = m->sql,
                                .sql_len = m->sql_len,
                                .hash = vgk_hash(kit, m->sql, m->sql_len),
                                .path = p->out->path};
    int rc = vg_migrate(p->db, &(vg_migrations){&first, 1},
                        &(vg_migrate_options){.table = kit->config.table,
                                              .schema = kit->config.table_schema});
    if (rc != VG_OK)
        return vgk_fail(kit, rc, "%s", vg_errmsg(p->db));
    p->out->initialized = true;
    return VG_OK;
}

static int baseline(vg_kit *kit, const pulling *p, vgk_journal *journal,
                    vgk_snapshot *s)
{
    vgk_migration m = {.snapshot = s};
    const char *sql;
    int rc = statements_of(kit, s, &sql);
    if (rc != VG_OK || !sql)
        return rc;
    rc = vgk_next_entry(kit, journal, p->options->name, &m.entry);
    if (rc != VG_OK)
        return rc;
    m.sql = commented(kit, sql);
    m.sql_len = strlen(m.sql);
    s->id = vgk_first_id;
    s->prev_id = "";
    rc = vgk_folder_add(kit, journal, &m);
    if (rc != VG_OK)
        return rc;
    p->out->tag = m.entry.tag;
    p->out->path = vgk_path(kit, vgk_sql_name(kit, m.entry.tag));
    return p->options->init ? initialize(kit, p, &m) : VG_OK;
}

/* ---- all of it ---- */

static int pull(vg_kit *kit, void *args)
{
    const pulling *p = args;
    const vg_kit_pull_options *o = p->options;
    const vgk_header_options how = {o->schema ? o->schema : "app", o->casing,
                                    !o->no_relations};
    vgk_snapshot s;
    vgk_journal journal = {0};
    vgk_texts snapshots = {0};
    size_t len;
    int rc = VG_OK;
    /* A folder that is not sound is found before anything is written. */
    if (!o->no_baseline)
        vgk_folder_lock(kit);
    if (!o->no_baseline)
        rc = vgk_folder_journal(kit, &journal);
    if (rc == VG_OK && !o->no_baseline)
        rc = vgk_folder_snapshots(kit, &snapshots);
    if (rc == VG_OK)
        rc = kit->dialect->introspect(kit, p->db, true, &s);
    if (rc != VG_OK)
        return rc;
    p->out->text = vgk_header(kit, &s, &how, &len);
    p->out->notes = (vg_kit_texts){s.notes.data, s.notes.len};
    count(&s, p->out);
    if (o->header) {
        rc = vgk_write_file(kit, o->header, p->out->text, len);
        p->out->header = rc == VG_OK ? o->header : NULL;
    }
    if (rc != VG_OK || o->no_baseline || journal.len || snapshots.len)
        return rc;
    return baseline(kit, p, &journal, &s);
}

int vg_kit_pull(vg_kit *kit, vg_db *db, const vg_kit_pull_options *options,
                vg_kit_pulled *out)
{
    static const vg_kit_pull_options none;
    *out = (vg_kit_pulled){0};
    return vgk_enter(kit, pull, &(pulling){db, options ? options : &none, out});
}
