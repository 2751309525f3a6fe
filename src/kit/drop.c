/* A migration taken out of the folder. */
#include "kit/applied.h"
#include "kit/changed.h"
#include <string.h>

typedef struct drop {
    const char *tag;
    vg_db *db;
    vg_kit_changed *out;
} drop;

/* Some of its statements have run, which could not be in one transaction. */
static int refuse_half_done(vg_kit *kit, const vgk_entry *entry, vg_db *db)
{
    const vg_migrator *migrator = vg__migrator_of(db);
    vg_progress_list list = {0};
    if (migrator->progress && migrator->progress(db, &kit->ledger, &kit->arena, &list))
        return vgk_fail(kit, vg_errinfo(db)->code, "%s", vg_errmsg(db));
    for (size_t i = 0; i < list.len; i++)
        if (list.data[i].when == entry->when)
            return vgk_fail(kit, VG_INVALID,
                            "the database has %s half done: migrate until it is done, "
                            "roll it back, then drop it",
                            entry->tag);
    return VG_OK;
}

static int refuse_applied(vg_kit *kit, const vgk_entry *entry, vg_db *db)
{
    vgk_file sql;
    vg_applied_list rows;
    int rc = vgk_read_file(kit, vgk_path(kit, vgk_sql_name(kit, entry->tag)), &sql);
    if (rc == VG_OK)
        rc = vgk_applied(kit, db, &rows);
    if (rc != VG_OK)
        return rc;
    vgk_record_of of = {entry->tag, entry->when,
                        sql.text ? vgk_hash(kit, sql.text, sql.len) : "-"};
    if (vgk_applied_row(&rows, &of))
        return vgk_fail(kit, VG_INVALID,
                        "the database has %s applied: roll it back first, then drop it",
                        entry->tag);
    return refuse_half_done(kit, entry, db);
}

static void tell(vg_kit *kit, vgk_changed *changed, const vgk_journal *journal,
                 size_t at, bool asked)
{
    const char *tag = journal->data[at].tag;
    size_t later = journal->len - at - 1;
    if (!asked)
        vgk_changed_note(
            kit, changed,
            "no database was asked: one that has %s applied keeps what it did, and the "
            "row of it",
            tag);
    if (later)
        vgk_changed_note(
            kit, changed,
            "the snapshots of the %zu later migrations still have what %s did; `virga "
            "check` says whether their SQL leads to them without it",
            later, tag);
}

static int run(vg_kit *kit, void *args)
{
    const drop *d = args;
    vgk_journal journal;
    vgk_changed changed = {0};
    vgk_folder_lock(kit);
    int rc = vgk_folder_journal(kit, &journal);
    if (rc != VG_OK)
        return rc;
    if (!journal.len)
        return vgk_fail(kit, VG_NOT_FOUND, "%s has no migrations", kit->config.out);
    size_t at = d->tag ? vgk_journal_find(&journal, d->tag) : journal.len - 1;
    if (at == journal.len)
        return vgk_fail(kit, VG_NOT_FOUND,
                        "there is no migration %s in %s; the last is %s", d->tag,
                        kit->config.out, journal.data[at - 1].tag);
    const char *tag = journal.data[at].tag;
    if (d->db)
        rc = refuse_applied(kit, &journal.data[at], d->db);
    if (rc != VG_OK)
        return rc;
    tell(kit, &changed, &journal, at, d->db != NULL);
    memmove(&journal.data[at], &journal.data[at + 1],
            (--journal.len - at) * sizeof *journal.data);
    rc = vgk_folder_write_journal(kit, &journal);
    if (rc == VG_OK)
        rc = vgk_remove_migration(kit, &changed, &journal, tag);
    *d->out = vgk_changed_public(&changed);
    return rc;
}

int vg_kit_drop(vg_kit *kit, const char *tag, vg_db *db, vg_kit_changed *out)
{
    *out = (vg_kit_changed){0};
    return vgk_enter(kit, run, &(drop){tag, db, out});
}
