/* Everything that can be wrong with a folder, without changing it. */
#include "kit/check.h"
#include "kit/dialect.h"
#include "kit/conflict.h"
#include "kit/json.h"
#include "kit/known.h"
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JOURNAL "meta/_journal.json"

void vgk_find(vgk_checking *c, vg_kit_severity severity, const char *file, size_t line,
              const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = vgk_print_args(c->kit, format, args);
    va_end(args);
    *VGK_ADD(c->kit, &c->findings) = (vg_kit_finding){severity, file, line, text};
    c->errors += severity == VG_KIT_ERROR;
}

void vgk_find_text(vgk_checking *c, vg_kit_severity severity, const char *path,
                   const char *text)
{
    size_t len = strlen(path), line = 0;
    if (strncmp(text, path, len) == 0 && text[len] == ':') {
        char *end;
        text += len + 1;
        unsigned long n = strtoul(text, &end, 10);
        if (end > text && *end == ':') {
            line = n;
            text = end + 1;
            strtoul(text, &end, 10); /* a column */
            text = end > text && *end == ':' ? end + 1 : text;
        }
        text += strspn(text, " ");
    }
    vgk_find(c, severity, path, line, "%s", text);
}

static void find_error(vgk_checking *c, const char *path)
{
    vgk_find_text(c, VG_KIT_ERROR, path, c->kit->message);
}

/* ---- the journal ---- */

/* False: there is no journal to go on with. */
static bool read_journal(vgk_checking *c)
{
    const char *path = vgk_path(c->kit, JOURNAL);
    if (vgk_read_file(c->kit, path, &c->file)) {
        find_error(c, path);
        return false;
    }
    if (!c->file.text) {
        if (vgk_folder_journal(c->kit, &c->journal) == VG_OK)
            return true;
        find_error(c, path);
        return false;
    }
    size_t line = vgk_conflict_line(c->file.text, c->file.len);
    if (line) {
        vgk_find(c, VG_KIT_ERROR, path, line, VGK_GIT_CONFLICT);
        return false;
    }
    if (vgk_journal_read(c->kit, c->file.text, c->file.len, path, &c->journal) ||
        vgk_journal_suits(c->kit, &c->journal, path)) {
        find_error(c, path);
        return false;
    }
    return true;
}

/* The line of a member of entry `i`. */
static size_t entry_line(const vgk_checking *c, size_t i, const char *key)
{
    char index[24];
    snprintf(index, sizeof index, "%zu", i);
    const char *const steps[] = {"entries", index, key};
    return vgk_json_line(c->file.text, c->file.len, steps, 3);
}

static void check_order(vgk_checking *c)
{
    const vgk_entry *all = c->journal.data;
    size_t last = 0; /* the latest so far */
    for (size_t i = 1; i < c->journal.len; i++) {
        if (all[i].when <= all[last].when)
            vgk_find(
                c, VG_KIT_ERROR, c->file.path, entry_line(c, i, "when"),
                "%s is not later than %s, which stands before it: a database that has "
                "that one never runs it; make `when` larger",
                all[i].tag, all[last].tag);
        else
            last = i;
        if (all[i].idx <= all[i - 1].idx)
            vgk_find(c, VG_KIT_WARNING, c->file.path, entry_line(c, i, "idx"),
                     "idx of %s is %lld, after %lld", all[i].tag, (long long)all[i].idx,
                     (long long)all[i - 1].idx);
    }
    for (size_t i = 1; i < c->journal.len; i++) {
        size_t len = strcspn(all[i].tag, "_") + 1;
        for (size_t k = 0; k < i && len > 1; k++)
            if (strncmp(all[i].tag, all[k].tag, len) == 0)
                vgk_find(
                    c, VG_KIT_ERROR, c->file.path, entry_line(c, i, "tag"),
                    "%s and %s begin alike, so they share %s; `virga rebase` renumbers "
                    "one",
                    all[k].tag, all[i].tag, vgk_snapshot_name(c->kit, all[i].tag));
    }
}

/* ---- SQL files ---- */

static void close_dir(void *dir)
{
    closedir(dir);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in the folder that end in ".sql". */
static vgk_texts sql_files(vgk_checking *c)
{
    vgk_texts names = {0};
    DIR *dir = opendir(c->kit->config.out);
    if (!dir)
        return names;
    vgk_own(c->kit, dir, close_dir);
    struct dirent *entry;
    while ((entry = readdir(dir))) {
        size_t len = strlen(entry->d_name);
        if (len > 4 && strcmp(entry->d_name + len - 4, ".sql") == 0)
            *VGK_ADD(c->kit, &names) = vgk_text(c->kit, entry->d_name);
    }
    vgk_release(c->kit, dir);
    if (names.len)
        qsort(names.data, names.len, sizeof *names.data, by_bytes);
    return names;
}

static bool is_named(const vgk_texts *names, const char *name)
{
    return names->len &&
           bsearch(&name, names->data, names->len, sizeof *names->data, by_bytes);
}

static void check_sql_files(vgk_checking *c)
{
    vg_kit *kit = c->kit;
    vgk_texts there = sql_files(c), listed = {0};
    for (size_t i = 0; i < c->journal.len; i++) {
        const char *tag = c->journal.data[i].tag, *sql = vgk_sql_name(kit, tag);
        *VGK_ADD(kit, &listed) = sql;
        *VGK_ADD(kit, &listed) = vgk_down_name(kit, tag);
        if (!is_named(&there, sql)) {
            vgk_find(c, VG_KIT_ERROR, vgk_path(kit, sql), 0,
                     "the journal names it (line %zu), but there is no such file",
                     entry_line(c, i, "tag"));
            c->incomplete = true;
        }
    }
    if (listed.len)
        qsort(listed.data, listed.len, sizeof *listed.data, by_bytes);
    for (size_t i = 0; i < there.len; i++)
        if (!is_named(&listed, there.data[i]))
            vgk_find(c, VG_KIT_WARNING, vgk_path(kit, there.data[i]), 0,
                     "the journal does not name it, so it never runs; a run that was "
                     "interrupted leaves such files, which may be deleted");
}

/* What the last migration, which is the one to come, may do to a database that is in use: of
 * dialects that can read it. */
static void check_last(vgk_checking *c)
{
    vg_kit *kit = c->kit;
    vgk_file file;
    vgk_statements found;
    if (!c->journal.len || !kit->dialect->lint || c->incomplete)
        return;
    const char *path =
        vgk_path(kit, vgk_sql_name(kit, c->journal.data[c->journal.len - 1].tag));
    if (vgk_read_file(kit, path, &file) || !file.text ||
        vgk_lint(kit, file.text, &found))
        return;
    for (size_t i = 0; i < found.len; i++)
        vgk_find(c, VG_KIT_WARNING, path, (size_t)found.data[i].line, "%s",
                 found.data[i].note);
}

/* ---- snapshots ---- */

typedef struct seen {
    const char *name, *path; /* "0001_snapshot.json" */
    const char *id, *prev_id;
    bool listed;
} seen;

typedef struct seen_list {
    seen *data;
    size_t len;
    vgk_known known; /* tables of the last one, whose text is in rooms[turn] */
    vgk_room rooms[2];
    int turn;
    const char *last; /* the name of the last one in the journal; NULL */
} seen_list;

static bool is_listed(const vgk_checking *c, const char *name)
{
    for (size_t i = 0; i < c->journal.len; i++) {
        const char *tag = c->journal.data[i].tag;
        size_t len = strcspn(tag, "_");
        if (strncmp(tag, name, len) == 0 && strcmp(name + len, "_snapshot.json") == 0)
            return true;
    }
    return false;
}

/* A snapshot that cannot be read, for the reason of the last stage or because of git. */
static void find_unread(vgk_checking *c, const char *path)
{
    vgk_file file;
    const char *why = vgk_text(c->kit, c->kit->message);
    size_t line = 0;
    if (vgk_read_file(c->kit, path, &file) == VG_OK && file.text)
        line = vgk_conflict_line(file.text, file.len);
    if (line)
        vgk_find(c, VG_KIT_ERROR, path, line, VGK_GIT_CONFLICT);
    else
        vgk_find_text(c, VG_KIT_ERROR, path, why);
}

/* A snapshot of which only what is new to us is looked at: *out has only those tables. */
static int read_new(vgk_checking *c, const char *name, const char *path, seen_list *all,
                    vgk_snapshot *out, int *version)
{
    vg_kit *kit = c->kit;
    vgk_file file;
    vgk_known tables;
    size_t len;
    int rc = vgk_read_file_into(kit, path, &all->rooms[!all->turn], &file);
    if (rc != VG_OK || !file.text)
        return rc ? rc : VG_NOT_FOUND;
    const char *text =
        vgk_known_reduce(kit, &all->known, file.text, file.len, &tables, &len);
    rc = text ? vgk_snapshot_read(kit, text, len, path, out, version) : VG_INVALID;
    if (rc != VG_OK || access(vgk_path(kit, vgk_companion_name(kit, name)), F_OK) == 0)
        rc = vgk_folder_snapshot(kit, name, out, version);
    if (rc == VG_OK && text) {
        all->known = tables;
        all->turn = !all->turn;
    }
    return rc;
}

static void read_snapshot(vgk_checking *c, const char *name, seen_list *all)
{
    vg_kit *kit = c->kit;
    const char *path = vgk_path(kit, vgk_print(kit, "meta/%s", name));
    vgk_snapshot snapshot;
    int version;
    if (read_new(c, name, path, all, &snapshot, &version)) {
        find_unread(c, path);
        c->incomplete = true;
        return;
    }
    int newest = (int)strtol(kit->dialect->snapshot_version, NULL, 10);
    if (version < newest)
        vgk_find(c, VG_KIT_ERROR, path, 0,
                 "version %d is not the latest (%d); run `virga up`", version, newest);
    *VGK_ADD(kit, all) =
        (seen){name, path, snapshot.id, snapshot.prev_id, is_listed(c, name)};
    if (is_listed(c, name))
        all->last = name;
    else
        vgk_find(
            c, VG_KIT_WARNING, path, 0,
            "no migration in the journal has this snapshot; drizzle-kit counts it all "
            "the same: delete it, or restore its entry");
}

static const seen *with_id(const seen_list *all, const char *id)
{
    for (size_t i = 0; i < all->len; i++)
        if (strcmp(all->data[i].id, id) == 0)
            return &all->data[i];
    return NULL;
}

static void check_chain(vgk_checking *c, const seen_list *all)
{
    for (size_t i = 0; i < all->len; i++) {
        const seen *s = &all->data[i];
        bool first = !*s->prev_id || strcmp(s->prev_id, vgk_first_id) == 0;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(all->data[k].prev_id, s->prev_id) == 0)
                vgk_find(
                    c, VG_KIT_ERROR, s->path, 0,
                    "%s and %s have one parent, which is a collision: they were made "
                    "side by side; `virga rebase` puts one after the other",
                    all->data[k].name, s->name);
            else if (strcmp(all->data[k].id, s->id) == 0)
                vgk_find(c, VG_KIT_WARNING, s->path, 0, "its id is also that of %s",
                         all->data[k].name);
        }
        if (!first && !with_id(all, s->prev_id))
            vgk_find(c, VG_KIT_WARNING, s->path, 0,
                     "its prevId %s is the id of no snapshot", s->prev_id);
    }
}

static void check_snapshots(vgk_checking *c)
{
    vg_kit *kit = c->kit;
    vgk_texts names;
    seen_list all = {0};
    c->last = (vgk_snapshot){.id = vgk_first_id, .prev_id = ""};
    if (vgk_folder_snapshots(kit, &names)) {
        find_error(c, vgk_path(kit, "meta"));
        c->incomplete = true;
        return;
    }
    for (size_t i = 0; i < names.len; i++)
        read_snapshot(c, names.data[i], &all);
    check_chain(c, &all);
    if (all.last && vgk_folder_snapshot(kit, all.last, &c->last, NULL))
        c->incomplete = true;
    for (size_t i = 0; i < c->journal.len; i++) {
        const char *name = vgk_snapshot_name(kit, c->journal.data[i].tag);
        const char *base = name + strlen("meta/");
        if (is_named(&names, base))
            continue;
        bool last = i + 1 == c->journal.len;
        vgk_find(c, VG_KIT_WARNING, vgk_path(kit, name), 0, "%s has no snapshot%s",
                 c->journal.data[i].tag,
                 last ? "; what it does to the schema is generated again next time"
                      : "");
        c->stale = c->stale || last;
    }
}

/* ---- all of it ---- */

static int run(vg_kit *kit, void *args)
{
    vg_kit_findings *out = args;
    vgk_checking c = {.kit = kit};
    if (read_journal(&c)) {
        check_order(&c);
        check_sql_files(&c);
        check_last(&c);
        check_snapshots(&c);
        if (!c.incomplete && vgk_check_replay(&c))
            return kit->code;
    }
    kit->message[0] = 0;
    kit->code = VG_OK;
    *out = (vg_kit_findings){c.findings.data, c.findings.len, c.errors};
    return VG_OK;
}

int vg_kit_check(vg_kit *kit, vg_kit_findings *out)
{
    *out = (vg_kit_findings){0};
    return vgk_enter(kit, run, out);
}
