/* Migrations tried on an empty database, and what comes of them compared with snapshots: both
 * sides as the database tells them, so that how a thing is written does not count. */
#include "kit/replay.h"
#include "kit/check.h"
#include "kit/dialect.h"
#include "migrate/split.h"
#include <limits.h>
#include <string.h>

static void close_db(void *db)
{
    vg_close(db);
}

bool vgk_has_scratch(const vg_kit *kit)
{
    return kit->dialect->scratch ||
           (kit->dialect->make_scratch && kit->config.scratch_url);
}

int vgk_scratch(vg_kit *kit, vg_db **out)
{
    if (!vgk_has_scratch(kit))
        return vgk_fail(kit, VG_UNSUPPORTED,
                        "%s has no databases in memory to try migrations on: name a "
                        "server where one may be made (--scratch-url)",
                        kit->dialect->name);
    if (!kit->dialect->scratch)
        return kit->dialect->make_scratch(kit, kit->config.scratch_url, out);
    int rc = vg_open(out, kit->dialect->scratch, NULL);
    if (rc != VG_OK) {
        vgk_fail(kit, rc, "%s", vg_errmsg(*out));
        vg_close(*out);
        return rc;
    }
    vgk_own(kit, *out, close_db);
    return VG_OK;
}

/* Of an empty database nobody wants to know that it was left as it was. */
static int failed(vg_kit *kit, int code, const char *message)
{
    const char *end = strstr(message, "; nothing was changed");
    return vgk_fail(kit, code, "%.*s", end ? (int)(end - message) : INT_MAX, message);
}

int vgk_replay(vg_kit *kit, vg_db *db, const vg_migrations *migrations,
               vgk_snapshot *out)
{
    vg_migrate_options options = {.table = kit->config.table,
                                  .schema = kit->config.table_schema,
                                  .out_of_order = VG_MIGRATE_ALLOW};
    int rc = vg_migrate(db, migrations, &options);
    if (rc != VG_OK)
        return failed(kit, rc, vg_errmsg(db));
    return out ? kit->dialect->introspect(kit, db, false, out) : VG_OK;
}

int vgk_statements_between(vg_kit *kit, const vgk_snapshot *from,
                           const vgk_snapshot *to, const vgk_renames *renames,
                           vgk_statements *out)
{
    static const vgk_renames none;
    vgk_changes changes = {0};
    int rc = vgk_diff(kit, from, to, renames ? renames : &none, &changes);
    return rc == VG_OK ? kit->dialect->statements(kit, &changes, out) : rc;
}

void vgk_hide_shared(const vg_kit *kit, vgk_snapshot *live, const vgk_snapshot *wanted)
{
    if (kit->dialect->hide_shared)
        kit->dialect->hide_shared(live, wanted);
}

int vgk_replay_snapshot(vg_kit *kit, const vgk_snapshot *snapshot, vgk_snapshot *out)
{
    vgk_snapshot nothing = {.id = vgk_first_id, .prev_id = ""};
    vgk_statements statements = {0};
    vg_db *db;
    int rc = vgk_statements_between(kit, &nothing, snapshot, NULL, &statements);
    if (rc == VG_OK)
        rc = vgk_scratch(kit, &db);
    if (rc != VG_OK)
        return rc;
    vg_migration all = {.tag = "snapshot", .when = 1};
    all.sql = vgk_join(kit, &statements, true, &all.sql_len);
    return vgk_replay(kit, db, &(vg_migrations){&all, statements.len ? 1 : 0}, out);
}

/* "a" of "\"a\"", from `at` to `end`. */
static const char *unquoted(vg_kit *kit, const char *at, const char *end)
{
    bool quoted = end - at >= 2 && *at == '"' && end[-1] == '"';
    return vgk_text_len(kit, at + quoted, (size_t)(end - at) - (quoted ? 2 : 0));
}

vgk_renames vgk_snapshot_renames(vg_kit *kit, const vgk_snapshot *s)
{
    vgk_renames out = {0};
    for (size_t i = 0; i < s->renamed_tables.len; i++) {
        const vgk_rename_text *r = &s->renamed_tables.data[i];
        *VGK_ADD(kit, &out) = (vgk_rename){
            VGK_TABLE, "", unquoted(kit, r->from, r->from + strlen(r->from)),
            unquoted(kit, r->to, r->to + strlen(r->to))};
    }
    for (size_t i = 0; i < s->renamed_columns.len; i++) {
        const vgk_rename_text *r = &s->renamed_columns.data[i];
        const char *from = strstr(r->from, "\".\""), *to = strstr(r->to, "\".\"");
        if (from && to)
            *VGK_ADD(kit, &out) =
                (vgk_rename){VGK_COLUMN, unquoted(kit, r->to, to + 1),
                             unquoted(kit, from + 2, r->from + strlen(r->from)),
                             unquoted(kit, to + 2, r->to + strlen(r->to))};
    }
    return out;
}

int vgk_is_generated(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
                     const char *sql, size_t len, vgk_statements *out, bool *same)
{
    vgk_renames renames = vgk_snapshot_renames(kit, to);
    int rc = vgk_statements_between(kit, from, to, &renames, out);
    *same = false;
    for (int breakpoints = 0; rc == VG_OK && out->len && breakpoints < 2;
         breakpoints++) {
        size_t n;
        const char *text = vgk_join(kit, out, breakpoints, &n);
        *same = *same || (n == len && memcmp(text, sql, n) == 0);
    }
    return rc;
}

int vgk_fill_baseline(vg_kit *kit, vg_db *db, const vgk_journal *journal,
                      vg_migrations *migrations)
{
    vgk_snapshot nothing = {.id = vgk_first_id, .prev_id = ""}, snapshot;
    vgk_statements statements = {0};
    vg_statement_list list;
    vgk_file file;
    if (!migrations->len)
        return VG_OK;
    vg_migration *first = (vg_migration *)migrations->data;
    if (vg__split(vg__migrator_of(db), first->sql, first->sql_len, &kit->arena, &list))
        vgk_no_memory(kit);
    const char *name = vgk_snapshot_name(kit, journal->data[0].tag);
    int rc = vgk_read_file(kit, vgk_path(kit, name), &file);
    if (list.len || rc != VG_OK || !file.text)
        return rc;
    rc = vgk_folder_snapshot(kit, name + strlen("meta/"), &snapshot, NULL);
    if (rc == VG_OK)
        rc = vgk_statements_between(kit, &nothing, &snapshot, NULL, &statements);
    if (rc != VG_OK)
        return rc;
    first->sql = vgk_join(kit, &statements, true, &first->sql_len);
    first->hash = NULL;
    return VG_OK;
}

/* ---- the check ---- */

/* The file that a message begins with; else the journal. */
static const char *file_of(const vgk_checking *c, const vg_migrations *all,
                           const char *message)
{
    for (size_t i = 0; i < all->len; i++) {
        size_t len = strlen(all->data[i].path);
        if (strncmp(message, all->data[i].path, len) == 0 && message[len] == ':')
            return all->data[i].path;
    }
    return c->file.path;
}

static void find_failure(vgk_checking *c, const vg_migrations *all)
{
    const char *text = c->kit->message;
    bool needs_more = strstr(text, "no such function") ||
                      strstr(text, "no such module") ||
                      strstr(text, "no such collation");
    vgk_find_text(c, needs_more ? VG_KIT_WARNING : VG_KIT_ERROR, file_of(c, all, text),
                  text);
}

static void compare(vgk_checking *c, const vgk_statements *differences)
{
    const vgk_entry *last = &c->journal.data[c->journal.len - 1];
    const char *path = vgk_path(c->kit, vgk_snapshot_name(c->kit, last->tag));
    for (size_t i = 0; i < differences->len; i++) {
        const char *sql = differences->data[i].sql;
        vgk_find(c, VG_KIT_ERROR, path, 0,
                 "all migrations applied do not give what this snapshot says; it would "
                 "take: "
                 "%.*s",
                 (int)strcspn(sql, "\n"), sql);
    }
}

int vgk_check_replay(vgk_checking *c)
{
    vg_kit *kit = c->kit;
    vg_db *db;
    vg_migrations all;
    vgk_snapshot live, wanted;
    vgk_statements differences = {0};
    if (!vgk_has_scratch(kit) || !c->journal.len)
        return VG_OK;
    int rc = vgk_scratch(kit, &db);
    if (rc != VG_OK)
        return rc;
    if (vgk_load(kit, &c->journal, &all) ||
        vgk_fill_baseline(kit, db, &c->journal, &all) ||
        vgk_replay(kit, db, &all, NULL)) {
        find_failure(c, &all);
        return VG_OK;
    }
    if (c->stale)
        return VG_OK;
    rc = kit->dialect->introspect(kit, db, false, &live);
    if (rc == VG_OK)
        vgk_hide_shared(kit, &live, &c->last);
    if (rc == VG_OK && c->last.tables.len &&
        vgk_statements_between(kit, &live, &c->last, NULL, &differences) == VG_OK &&
        !differences.len)
        return VG_OK; /* mostly; else the same may be written in another way */
    differences = (vgk_statements){0};
    if (rc == VG_OK)
        rc = vgk_replay_snapshot(kit, &c->last, &wanted);
    if (rc == VG_OK)
        vgk_hide_shared(kit, &wanted, &c->last);
    if (rc == VG_OK)
        rc = vgk_statements_between(kit, &live, &wanted, NULL, &differences);
    if (rc == VG_UNSUPPORTED) /* it cannot be told */
        return VG_OK;
    if (rc != VG_OK) {
        find_failure(c, &all);
        return VG_OK;
    }
    compare(c, &differences);
    return VG_OK;
}
