/* Two branches that each added migrations, put in a row. */
#include "kit/rebase.h"
#include "kit/dialect.h"
#include "kit/replay.h"
#include <string.h>

/* ---- reading both ---- */

/* Names of files of what stays that git has written into. */
static int note_mended(vgk_rebase *r, const char *tag)
{
    vg_kit *kit = r->kit;
    const char *names[] = {vgk_sql_name(kit, tag), vgk_down_name(kit, tag),
                           vgk_snapshot_name(kit, tag), vgk_companion_name(kit, tag)};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        vgk_file file;
        int rc = vgk_read_file(kit, vgk_path(kit, names[i]), &file);
        if (rc != VG_OK)
            return rc;
        if (file.text && vgk_conflict_line(file.text, file.len))
            *VGK_ADD(kit, &r->mended) = names[i];
    }
    return VG_OK;
}

static int read_kept(vgk_rebase *r)
{
    int rc = VG_OK;
    vgk_document_empty(r->kit, &r->last);
    for (size_t i = 0; rc == VG_OK && i < r->kept.len; i++) {
        bool there;
        vgk_document document;
        const char *tag = r->kept.data[i].tag;
        if (i == r->shared)
            r->base = r->last;
        rc = note_mended(r, tag);
        if (rc == VG_OK)
            rc = vgk_rebase_document(r, tag, r->kept_side, &document, &there);
        if (rc == VG_OK && there)
            r->last = document;
    }
    if (r->shared >= r->kept.len)
        r->base = r->last;
    return rc;
}

static int read_moving(vgk_rebase *r, vgk_moving *m)
{
    vgk_side side = r->kept_side == VGK_OURS ? VGK_THEIRS : VGK_OURS;
    int rc = vgk_rebase_file(r, vgk_sql_name(r->kit, m->was.tag), side, &m->sql);
    if (rc == VG_OK && !m->sql.text)
        rc = vgk_fail(r->kit, VG_NOT_FOUND,
                      "%s: there is no such file, but the journal lists it",
                      m->sql.path);
    if (rc == VG_OK)
        rc = vgk_rebase_file(r, vgk_down_name(r->kit, m->was.tag), side, &m->down);
    return rc == VG_OK ? vgk_rebase_document(r, m->was.tag, side, &m->old, &m->drawn)
                       : rc;
}

/* ---- the new ones ---- */

/* The SQL that the diff of two snapshots gives, and its way back. */
static int generate(vgk_rebase *r, const vgk_snapshot *from, const vgk_snapshot *to,
                    vgk_moving *m)
{
    vgk_renames renames = vgk_snapshot_renames(r->kit, to);
    vgk_changes changes = {0};
    vgk_statements statements = {0}, back = {0};
    vgk_texts losses = {0};
    bool breakpoints = m->was.breakpoints;
    int rc = vgk_diff(r->kit, from, to, &renames, &changes);
    if (rc == VG_OK)
        rc = r->kit->dialect->statements(r->kit, &changes, &statements);
    if (rc == VG_OK)
        rc = vgk_inverse(r->kit, &changes, &back, &losses);
    if (rc != VG_OK)
        return rc;
    m->new_sql = vgk_join(r->kit, &statements, breakpoints, &m->new_len);
    m->new_down = m->down.text ? vgk_down(r->kit, &back, &losses, breakpoints) : NULL;
    return VG_OK;
}

static int refuse_conflicts(vgk_rebase *r, const vgk_moving *m,
                            const vgk_texts *conflicts)
{
    const char *list = "";
    for (size_t i = 0; i < conflicts->len; i++)
        list = vgk_print(r->kit, "%s%s%s", list, i ? ", " : "", conflicts->data[i]);
    return vgk_fail(
        r->kit, VG_INVALID,
        "%s and the other branch both change %s: take the other branch's folder, "
        "drop %s, bring the schema to what both want, and generate again",
        m->was.tag, list, m->was.tag);
}

/* SQL that a person wrote stays, if what surrounds it is the same as before. */
static int keep_sql(vgk_rebase *r, const vgk_statements *was, vgk_moving *m,
                    const vgk_snapshot *from)
{
    vgk_renames renames = vgk_snapshot_renames(r->kit, &m->new.snapshot);
    vgk_statements is = {0};
    size_t len, other;
    int rc = vgk_statements_between(r->kit, from, &m->new.snapshot, &renames, &is);
    if (rc != VG_OK)
        return rc;
    const char *a = vgk_join(r->kit, was, true, &len),
               *b = vgk_join(r->kit, &is, true, &other);
    if (len != other || memcmp(a, b, len) != 0)
        return vgk_fail(
            r->kit, VG_INVALID,
            "%s was edited by hand, and what the other branch did changes what "
            "must stand in it: drop it, generate again, and write into it anew",
            m->sql.path);
    m->new_sql = m->sql.text;
    m->new_len = m->sql.len;
    m->new_down = m->down.text;
    return VG_OK;
}

static int move_one(vgk_rebase *r, vgk_moving *m, const vgk_document *before,
                    const vgk_document *onto)
{
    vgk_texts conflicts = {0};
    vgk_statements was = {0};
    bool same;
    m->new_sql = m->sql.text;
    m->new_len = m->sql.len;
    m->new_down = m->down.text;
    if (!m->drawn)
        return VG_OK;
    int rc = vgk_document_merge(r->kit, before, &m->old, onto, &m->new, &conflicts);
    if (rc == VG_OK && conflicts.len)
        rc = refuse_conflicts(r, m, &conflicts);
    if (rc == VG_OK)
        rc = vgk_is_generated(r->kit, &before->snapshot, &m->old.snapshot, m->sql.text,
                              m->sql.len, &was, &same);
    if (rc != VG_OK)
        return rc;
    return same ? generate(r, &onto->snapshot, &m->new.snapshot, m)
                : keep_sql(r, &was, m, &onto->snapshot);
}

/* Numbers beyond all that there are, so that no file of before is in the way. */
static int number(vgk_rebase *r)
{
    vgk_journal all = {0};
    int64_t idx = 0;
    for (size_t i = 0; i < r->kept.len; i++)
        *VGK_ADD(r->kit, &all) = r->kept.data[i];
    for (size_t i = 0; i < r->moving.len; i++)
        *VGK_ADD(r->kit, &all) = r->moving.data[i].was;
    for (size_t i = 0; i < all.len; i++)
        idx = all.data[i].idx > idx ? all.data[i].idx : idx;
    all.data[all.len - 1].idx = idx;
    for (size_t i = 0; i < r->moving.len; i++) {
        vgk_moving *m = &r->moving.data[i];
        const char *name = strchr(m->was.tag, '_');
        int rc = vgk_next_entry(r->kit, &all, name && name[1] ? name + 1 : m->was.tag,
                                &m->is);
        if (rc != VG_OK)
            return rc;
        m->is.breakpoints = m->was.breakpoints;
        *VGK_ADD(r->kit, &all) = m->is;
    }
    return VG_OK;
}

static int make(vgk_rebase *r)
{
    const vgk_document *before = &r->base, *onto = &r->last;
    int rc = number(r);
    for (size_t i = 0; rc == VG_OK && i < r->moving.len; i++) {
        vgk_moving *m = &r->moving.data[i];
        rc = read_moving(r, m);
        if (rc == VG_OK)
            rc = move_one(r, m, before, onto);
        if (m->drawn) {
            before = &m->old;
            onto = &m->new;
        }
    }
    return rc;
}

/* All of them on an empty database: what the snapshots do not show. */
static int try_all(vgk_rebase *r)
{
    vg_kit *kit = r->kit;
    vg_db *db;
    size_t len = r->kept.len + r->moving.len;
    vg_migration *all = vgk_alloc(kit, len * sizeof *all);
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < r->kept.len; i++) {
        vgk_file sql;
        const vgk_entry *e = &r->kept.data[i];
        rc = vgk_rebase_file(r, vgk_sql_name(kit, e->tag), r->kept_side, &sql);
        all[i] = (vg_migration){.tag = e->tag, .when = e->when, .path = sql.path};
        all[i].sql = sql.text ? sql.text : "";
        all[i].sql_len = sql.text ? sql.len : 0;
    }
    for (size_t i = 0; i < r->moving.len; i++) {
        const vgk_moving *m = &r->moving.data[i];
        all[r->kept.len + i] = (vg_migration){.tag = m->is.tag,
                                              .when = m->is.when,
                                              .sql = m->new_sql,
                                              .sql_len = m->new_len,
                                              .path = m->sql.path};
    }
    vg_migrations list = {all, len};
    if (rc == VG_OK)
        rc = vgk_scratch(kit, &db);
    if (rc == VG_OK && !r->marked)
        rc = vgk_fill_baseline(kit, db, &r->kept, &list);
    if (rc == VG_OK && vgk_replay(kit, db, &list, NULL)) {
        const char *why = vgk_text(kit, kit->message);
        rc = vgk_fail(kit, VG_INVALID,
                      "one after the other they do not run on an empty database: %s",
                      why);
    }
    return rc;
}

/* ---- the folder ---- */

static int write_one(vgk_rebase *r, const vgk_moving *m)
{
    vg_kit *kit = r->kit;
    const char *tag = m->is.tag, *text;
    size_t len;
    vgk_record_of of = {m->was.tag, m->was.when,
                        vgk_hash(kit, m->sql.text, m->sql.len)};
    vgk_replaced replaced = {.of = {tag, m->is.when, ""}};
    int rc = vgk_replaced_read(kit, &of, VGK_ADD(kit, &replaced));
    if (rc == VG_OK)
        rc = vgk_put_file(kit, &r->changed, vgk_sql_name(kit, tag), m->new_sql,
                          m->new_len);
    if (rc == VG_OK && m->new_down)
        rc = vgk_put_file(kit, &r->changed, vgk_down_name(kit, tag), m->new_down,
                          strlen(m->new_down));
    text = vgk_replaced_write(kit, &replaced, &len);
    if (rc == VG_OK)
        rc = vgk_put_file(kit, &r->changed, vgk_replaces_name(kit, tag), text, len);
    text = m->drawn ? vgk_companion_write(kit, &m->new.snapshot, &len) : NULL;
    if (rc == VG_OK && text)
        rc = vgk_put_file(kit, &r->changed, vgk_companion_name(kit, tag), text, len);
    text = m->drawn ? vgk_snapshot_write(kit, &m->new.snapshot, &len) : NULL;
    if (rc == VG_OK && text)
        rc = vgk_put_file(kit, &r->changed, vgk_snapshot_name(kit, tag), text, len);
    return rc;
}

/* New names first, then the journal, which is what counts; then what git or the move has left. */
static int write(vgk_rebase *r)
{
    vg_kit *kit = r->kit;
    vgk_journal journal = {.version = r->kept.version, .dialect = r->kept.dialect};
    int rc = VG_OK;
    for (size_t i = 0; i < r->kept.len; i++)
        *VGK_ADD(kit, &journal) = r->kept.data[i];
    for (size_t i = 0; rc == VG_OK && i < r->moving.len; i++) {
        rc = write_one(r, &r->moving.data[i]);
        *VGK_ADD(kit, &journal) = r->moving.data[i].is;
    }
    vgk_file *mended = vgk_alloc(kit, r->mended.len * sizeof *mended);
    for (size_t i = 0; rc == VG_OK && i < r->mended.len; i++)
        rc = vgk_rebase_file(r, r->mended.data[i], r->kept_side, &mended[i]);
    if (rc == VG_OK)
        rc = vgk_folder_write_journal(kit, &journal);
    for (size_t i = 0; rc == VG_OK && i < r->mended.len; i++)
        rc = vgk_put_file(kit, &r->changed, r->mended.data[i], mended[i].text,
                          mended[i].len);
    for (size_t i = 0; rc == VG_OK && i < r->moving.len; i++)
        if (vgk_journal_find(&r->kept, r->moving.data[i].was.tag) == r->kept.len)
            rc = vgk_remove_migration(kit, &r->changed, &journal,
                                      r->moving.data[i].was.tag);
    return rc;
}

static int run_rebase(vgk_rebase *r, vg_kit_changed *out)
{
    vg_kit *kit = r->kit;
    vgk_file file;
    vgk_folder_lock(kit);
    int rc = vgk_read_file(kit, vgk_path(kit, "meta/_journal.json"), &file);
    if (rc != VG_OK || !file.text)
        return rc;
    rc = vgk_rebase_split(r, &file);
    if (rc == VG_OK)
        rc = read_kept(r);
    if (rc == VG_OK && !r->marked)
        rc = vgk_sweep(kit, &r->changed, &r->kept);
    if (rc == VG_OK && !r->moving.len && !r->mended.len && !r->marked)
        *out = vgk_changed_public(&r->changed);
    if (rc != VG_OK || (!r->moving.len && !r->mended.len && !r->marked))
        return rc;
    if (r->moving.len)
        rc = make(r);
    if (rc == VG_OK && r->moving.len)
        rc = try_all(r);
    if (rc == VG_OK)
        rc = write(r);
    if (rc == VG_OK && r->moving.len) {
        r->changed.tag = r->moving.data[0].is.tag;
        vgk_changed_note(
            kit, &r->changed,
            "read the SQL of what moved: it was generated for what the other "
            "branch made of the schema");
    }
    if (rc == VG_OK)
        *out = vgk_changed_public(&r->changed);
    return rc;
}

typedef struct job {
    const char *tag;
    vg_kit_changed *out;
} job;

static int run(vg_kit *kit, void *args)
{
    const job *j = args;
    return run_rebase(&(vgk_rebase){.kit = kit, .tag = j->tag}, j->out);
}

int vg_kit_rebase(vg_kit *kit, const char *tag, vg_kit_changed *out)
{
    *out = (vg_kit_changed){0};
    return vgk_enter(kit, run, &(job){tag, out});
}
