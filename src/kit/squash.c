/* Many migrations made one. Runs of generated ones are generated anew as a whole, from the
 * snapshot before to the snapshot after; between two runs stands whatever a person wrote, as it
 * is. So at each seam the schema is what it was there before. */
#include "kit/adopt.h"
#include "kit/replay.h"
#include "migrate/split.h"
#include <string.h>
#include <unistd.h>

/* One of the migrations to be merged. */
typedef struct step {
    const vgk_entry *entry;
    const vg_migration *file;
    const vgk_snapshot *before, *after; /* the same: it has no snapshot */
    bool generated;
    bool keeps; /* it renames nothing and loses nothing */
    bool empty; /* no statement in it */
} step;

typedef struct squash {
    vg_kit *kit;
    const vg_kit_squash_options *options;
    vgk_journal journal;
    vg_migrations all;
    size_t first; /* of the journal's entries; the rest is squashed, too */
    step *steps;
    size_t len;
    const vgk_snapshot *before, *last;
    vgk_changed changed;
} squash;

/* ---- what there is ---- */

/* The entry that is called so: by its tag, or what stands before its first "_". */
static size_t find_first(const vgk_journal *journal, const char *from)
{
    size_t i = vgk_journal_find(journal, from), len = strlen(from);
    for (size_t k = 0; i == journal->len && k < journal->len; k++)
        if (strncmp(journal->data[k].tag, from, len) == 0 &&
            journal->data[k].tag[len] == '_')
            return k;
    return i;
}

static bool is_empty(squash *s, const vg_migration *m)
{
    vg_db *db;
    vg_statement_list list;
    if (vgk_scratch(s->kit, &db))
        return false;
    if (vg__split(vg__migrator_of(db), m->sql, m->sql_len, &s->kit->arena, &list))
        vgk_no_memory(s->kit);
    vgk_release(s->kit, db);
    return list.len == 0;
}

/* The snapshot of an entry; NULL in *out: it has none. */
static int snapshot_of(vg_kit *kit, const vgk_entry *entry, const vgk_snapshot **out)
{
    const char *name = vgk_snapshot_name(kit, entry->tag);
    vgk_file file;
    *out = NULL;
    int rc = vgk_read_file(kit, vgk_path(kit, name), &file);
    if (rc != VG_OK || !file.text)
        return rc;
    vgk_snapshot *snapshot = vgk_alloc(kit, sizeof *snapshot);
    rc = vgk_folder_snapshot(kit, name + strlen("meta/"), snapshot, NULL);
    *out = rc == VG_OK ? snapshot : NULL;
    return rc;
}

static int look_at(squash *s, step *at, const vgk_entry *entry,
                   const vg_migration *file)
{
    vgk_statements statements = {0};
    *at = (step){.entry = entry, .file = file, .before = s->last, .after = s->last};
    at->empty = is_empty(s, file);
    const vgk_snapshot *after;
    int rc = snapshot_of(s->kit, entry, &after);
    if (rc != VG_OK || !after)
        return rc;
    at->after = s->last = after;
    rc = vgk_is_generated(s->kit, at->before, after, file->sql, file->sql_len,
                          &statements, &at->generated);
    at->keeps = !after->renamed_tables.len && !after->renamed_columns.len;
    for (size_t i = 0; i < statements.len; i++)
        at->keeps = at->keeps && !(statements.data[i].flags & VGK_LOSES);
    return rc;
}

static int look(squash *s)
{
    static const vgk_snapshot nothing = {.id = vgk_first_id, .prev_id = ""};
    vg_kit *kit = s->kit;
    const char *from = s->options->from;
    vgk_folder_lock(kit);
    int rc = vgk_folder_journal(kit, &s->journal);
    if (rc == VG_OK)
        rc = vgk_sweep(kit, &s->changed, &s->journal);
    if (rc == VG_OK)
        rc = vgk_load(kit, &s->journal, &s->all);
    if (rc != VG_OK)
        return rc;
    if (from)
        s->first = find_first(&s->journal, from);
    else if (s->all.len && is_empty(s, &s->all.data[0]))
        s->first = 1; /* what `pull` wrote: databases have it without running it */
    if (from && s->first == s->all.len)
        return vgk_fail(kit, VG_NOT_FOUND, "there is no migration %s in %s", from,
                        kit->config.out);
    if (s->all.len < s->first + 2)
        return vgk_fail(kit, VG_INVALID, "there are no two migrations to squash%s%s",
                        from ? " from " : "", from ? from : "");
    s->last = &nothing;
    for (size_t i = 0; rc == VG_OK && i < s->first; i++) {
        const vgk_snapshot *snapshot;
        rc = snapshot_of(kit, &s->journal.data[i], &snapshot);
        s->last = snapshot ? snapshot : s->last;
    }
    s->before = s->last;
    s->len = s->all.len - s->first;
    s->steps = vgk_alloc(kit, s->len * sizeof *s->steps);
    for (size_t i = 0; rc == VG_OK && i < s->len; i++)
        rc = look_at(s, &s->steps[i], &s->journal.data[s->first + i],
                     &s->all.data[s->first + i]);
    return rc;
}

/* ---- the new SQL ---- */

static void add_piece(squash *s, vg_buf *out, const char *text, size_t len)
{
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        len -= 3;
    }
    if (out->len) {
        char end = out->text[out->len - 1];
        if (end != '\n' && end != ';')
            vg__buf_char(out, '\n');
        vg__buf_text(out, s->kit->config.no_breakpoints ? "\n" : VG_BREAKPOINT "\n");
    }
    vg__buf_bytes(out, text, len);
}

/* How many steps from `i` on are one run. From the empty schema there are no rows to lose. */
static size_t run_from(const squash *s, size_t i)
{
    bool from_nothing =
        !s->steps[i].before->tables.len && !s->steps[i].before->views.len;
    size_t n = 0;
    while (i + n < s->len && s->steps[i + n].generated &&
           (from_nothing || s->steps[i + n].keeps))
        n++;
    return n;
}

/* Everything as it is, or merged where it can be. */
static int write_sql(squash *s, bool merge, const char **sql, size_t *len)
{
    vg_buf *out = vgk_buf(s->kit);
    for (size_t i = 0; i < s->len;) {
        size_t n = merge ? run_from(s, i) : 0;
        if (n > 1) {
            vgk_statements statements = {0};
            size_t size;
            int rc =
                vgk_statements_between(s->kit, s->steps[i].before,
                                       s->steps[i + n - 1].after, NULL, &statements);
            if (rc != VG_OK)
                return rc;
            if (statements.len) {
                const char *text = vgk_join(s->kit, &statements,
                                            !s->kit->config.no_breakpoints, &size);
                add_piece(s, out, text, size);
            }
            i += n;
            continue;
        }
        if (!s->steps[i].empty)
            add_piece(s, out, s->steps[i].file->sql, s->steps[i].file->sql_len);
        i++;
    }
    *sql = vgk_buf_text(s->kit, out, len);
    return VG_OK;
}

/* Tried on an empty database, does it lead where the old ones did? */
static bool is_proven(squash *s, const char *sql, size_t len)
{
    vg_kit *kit = s->kit;
    vg_db *old, *new;
    vgk_snapshot was, is;
    vgk_statements there = {0}, back = {0};
    vg_migration *all = vgk_alloc(kit, (s->first + 1) * sizeof *all);
    if (s->first)
        memcpy(all, s->all.data, s->first * sizeof *all);
    all[s->first] = (vg_migration){.tag = "squashed", .sql = sql, .sql_len = len};
    all[s->first].when = s->all.data[s->all.len - 1].when;
    vg_migrations short_list = {all, s->first + 1}, long_list = s->all;
    long_list.data = memcpy(vgk_alloc(kit, s->all.len * sizeof *all), s->all.data,
                            s->all.len * sizeof *all);
    bool run =
        len && vgk_scratch(kit, &old) == VG_OK && vgk_scratch(kit, &new) == VG_OK &&
        vgk_fill_baseline(kit, old, &s->journal, &long_list) == VG_OK &&
        (!s->first || vgk_fill_baseline(kit, new, &s->journal, &short_list) == VG_OK) &&
        vgk_replay(kit, old, &long_list, &was) == VG_OK &&
        vgk_replay(kit, new, &short_list, &is) == VG_OK;
    if (!run)
        return false;
    vgk_hide_shared(kit, &was, &is);
    vgk_hide_shared(kit, &is, &was);
    return vgk_statements_between(kit, &was, &is, NULL, &there) == VG_OK &&
           vgk_statements_between(kit, &is, &was, NULL, &back) == VG_OK && !there.len &&
           !back.len;
}

static int make_sql(squash *s, const char **sql, size_t *len)
{
    int rc = write_sql(s, true, sql, len);
    if (rc == VG_OK && !is_proven(s, *sql, *len))
        rc = write_sql(s, false, sql, len);
    if (rc == VG_OK && !*len)
        rc = vgk_fail(s->kit, VG_INVALID, "there is no SQL in any of them");
    return rc;
}

/* What takes them back, the last first; NULL: one cannot be. */
static const char *make_down(squash *s)
{
    vg_buf *out = vgk_buf(s->kit);
    for (size_t i = s->len; i-- > 0;) {
        const char *down = s->steps[i].file->down;
        if (!down && s->steps[i].empty)
            continue;
        if (!down) {
            vgk_changed_note(s->kit, &s->changed,
                             "%s has no .down.sql, so the new migration has none",
                             s->steps[i].entry->tag);
            vgk_release(s->kit, out);
            return NULL;
        }
        add_piece(s, out, down, strlen(down));
    }
    return vgk_buf_text(s->kit, out, NULL);
}

/* ---- the folder ---- */

static int make_entry(squash *s, vgk_entry *out)
{
    const vgk_entry *last = &s->journal.data[s->journal.len - 1];
    const char *name = s->options->name ? s->options->name : "squashed";
    *out = *last;
    out->tag =
        vgk_print(s->kit, "%.*s_%s", (int)strcspn(last->tag, "_"), last->tag, name);
    out->breakpoints = !s->kit->config.no_breakpoints;
    if (!*name || !vgk_tag_is_sound(out->tag))
        return vgk_fail(
            s->kit, VG_INVALID,
            "the name \"%s\" cannot be a file's; letters, digits, - and _ do", name);
    if (vgk_journal_find(&s->journal, out->tag) < s->journal.len)
        return vgk_fail(s->kit, VG_INVALID,
                        "there is a migration %s already; choose another name",
                        out->tag);
    return VG_OK;
}

static int replaced_by(squash *s, const vgk_entry *entry, const char *sql, size_t len,
                       vgk_replaced *out)
{
    int rc = VG_OK;
    *out = (vgk_replaced){.of = {entry->tag, entry->when, vgk_hash(s->kit, sql, len)}};
    for (size_t i = 0; rc == VG_OK && i < s->len; i++) {
        const vg_migration *m = s->steps[i].file;
        vgk_record_of of = {m->tag, m->when, m->hash};
        rc = vgk_replaced_read(s->kit, &of, VGK_ADD(s->kit, out));
    }
    return rc;
}

static int check_database(squash *s, const vgk_replaced *replaced)
{
    vg_applied_list rows;
    vgk_records_of some = {0};
    if (!s->options->db)
        return VG_OK;
    int rc = vgk_applied(s->kit, s->options->db, &rows);
    if (rc == VG_OK && vgk_share_of(s->kit, &rows, replaced, &some) == VGK_HAS_SOME)
        return vgk_fail(
            s->kit, VG_INVALID,
            "the database has %zu of the %zu migrations applied; migrate it, or "
            "roll them back, before they become one",
            some.len, replaced->len);
    return rc;
}

static int write_snapshot(squash *s, const char *tag, const vgk_snapshot *snapshot)
{
    size_t len;
    int rc = VG_OK;
    const char *text = vgk_companion_write(s->kit, snapshot, &len);
    if (text)
        rc = vgk_put_file(s->kit, &s->changed, vgk_companion_name(s->kit, tag), text,
                          len);
    text = vgk_snapshot_write(s->kit, snapshot, &len);
    return rc == VG_OK ? vgk_put_file(s->kit, &s->changed,
                                      vgk_snapshot_name(s->kit, tag), text, len)
                       : rc;
}

/* If the last migration has no snapshot, it gets one first, as if it had been made with one:
 * the new one has its number, and without it the folder would be without a schema as soon as the
 * journal is written. */
static int draw_last(squash *s, vgk_snapshot *snapshot, const char *tag)
{
    if (access(vgk_path(s->kit, vgk_snapshot_name(s->kit, tag)), F_OK) == 0)
        return VG_OK;
    snapshot->prev_id = snapshot->id;
    snapshot->id = vgk_new_id(s->kit);
    int rc = write_snapshot(s, tag, snapshot);
    s->changed.written.len = 0; /* it is written once more */
    return rc;
}

/* New names first, then the journal, then what has become of no use, and last the snapshot, which
 * has another parent now: whenever it ends, the journal fits the files that it names, and no two
 * snapshots have one parent. */
static int write_folder(squash *s, const vgk_entry *entry, const char *sql,
                        size_t sql_len, const char *down, const vgk_replaced *replaced)
{
    vg_kit *kit = s->kit;
    vgk_changed *c = &s->changed;
    size_t len;
    const char *text = vgk_replaced_write(kit, replaced, &len);
    vgk_snapshot snapshot = *s->last;
    snapshot.renamed_tables = snapshot.renamed_columns = (vgk_rename_texts){0};
    bool drawn = s->last != s->before;
    int rc = drawn ? draw_last(s, &snapshot, entry->tag) : VG_OK;
    if (rc == VG_OK)
        rc = vgk_put_file(kit, c, vgk_sql_name(kit, entry->tag), sql, sql_len);
    if (rc == VG_OK && down)
        rc = vgk_put_file(kit, c, vgk_down_name(kit, entry->tag), down, strlen(down));
    if (rc == VG_OK)
        rc = vgk_put_file(kit, c, vgk_replaces_name(kit, entry->tag), text, len);
    if (rc != VG_OK)
        return rc;
    s->journal.len = s->first;
    vgk_journal journal = {.version = s->journal.version,
                           .dialect = s->journal.dialect};
    for (size_t i = 0; i < s->first; i++)
        *VGK_ADD(kit, &journal) = s->journal.data[i];
    *VGK_ADD(kit, &journal) = *entry;
    rc = vgk_folder_write_journal(kit, &journal);
    for (size_t i = 0; rc == VG_OK && i < s->len; i++)
        rc = vgk_remove_migration(kit, c, &journal, s->steps[i].entry->tag);
    snapshot.prev_id = s->before->id;
    return rc == VG_OK && drawn ? write_snapshot(s, entry->tag, &snapshot) : rc;
}

static int run_squash(squash *s, vg_kit_changed *out)
{
    vgk_entry entry;
    const char *sql;
    size_t len, count;
    vgk_replaced replaced;
    int rc = look(s);
    if (rc == VG_OK)
        rc = make_entry(s, &entry);
    if (rc == VG_OK)
        rc = make_sql(s, &sql, &len);
    if (rc == VG_OK)
        rc = replaced_by(s, &entry, sql, len, &replaced);
    if (rc == VG_OK)
        rc = check_database(s, &replaced);
    if (rc == VG_OK)
        rc = write_folder(s, &entry, sql, len, make_down(s), &replaced);
    if (rc == VG_OK && s->options->db)
        rc = vgk_adopt(s->kit, s->options->db, &count);
    s->changed.tag = entry.tag;
    if (rc == VG_OK)
        vgk_changed_note(
            s->kit, &s->changed,
            "a database that has some of them applied and not all cannot go on "
            "from here; one that has them all is told by its next `virga migrate`");
    if (rc == VG_OK)
        *out = vgk_changed_public(&s->changed);
    return rc;
}

typedef struct job {
    const vg_kit_squash_options *options;
    vg_kit_changed *out;
} job;

static int run(vg_kit *kit, void *args)
{
    const job *j = args;
    return run_squash(&(squash){.kit = kit, .options = j->options}, j->out);
}

int vg_kit_squash(vg_kit *kit, const vg_kit_squash_options *options,
                  vg_kit_changed *out)
{
    static const vg_kit_squash_options none;
    *out = (vg_kit_changed){0};
    return vgk_enter(kit, run, &(job){options ? options : &none, out});
}
