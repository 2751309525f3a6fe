/* The migration folder. */
#include "kit/folder.h"
#include "kit/conflict.h"
#include "kit/dialect.h"
#include "kit/names.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

const char vgk_first_id[] = "00000000-0000-0000-0000-000000000000";

const char *vgk_path(vg_kit *kit, const char *name)
{
    return vgk_print(kit, "%s/%s", kit->config.out, name);
}

/* "0003" of "0003_add_users". */
static int prefix_len(const char *tag)
{
    return (int)strcspn(tag, "_");
}

const char *vgk_sql_name(vg_kit *kit, const char *tag)
{
    return vgk_print(kit, "%s.sql", tag);
}

const char *vgk_down_name(vg_kit *kit, const char *tag)
{
    return vgk_print(kit, "%s.down.sql", tag);
}

const char *vgk_snapshot_name(vg_kit *kit, const char *tag)
{
    return vgk_print(kit, "meta/%.*s_snapshot.json", prefix_len(tag), tag);
}

const char *vgk_companion_name(vg_kit *kit, const char *tag)
{
    return vgk_print(kit, "meta/_%.*s_virga.json", prefix_len(tag), tag);
}

const char *vgk_replaces_name(vg_kit *kit, const char *tag)
{
    return vgk_print(kit, "meta/_%s_replaces.json", tag);
}

/* ---- one at a time ---- */

static void unlock(void *fd)
{
    close((int)(intptr_t)fd - 1);
}

void vgk_folder_lock(vg_kit *kit)
{
    int fd = open(kit->config.out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) /* there is none, or it will be seen when it is read */
        return;
    while (flock(fd, LOCK_EX) != 0 && errno == EINTR) {
    }
    vgk_own(kit, (void *)(intptr_t)(fd + 1), unlock);
}

/* ---- reading ---- */

/* Of a file that cannot be read: if git left marks in it, they are why. */
static int blame_conflict(vg_kit *kit, const vgk_file *file, int code)
{
    size_t line =
        code == VG_INVALID && file->text ? vgk_conflict_line(file->text, file->len) : 0;
    return line ? vgk_fail(kit, code, "%s:%zu: " VGK_GIT_CONFLICT, file->path, line)
                : code;
}

/* No journal: nothing was generated yet, or only the first run's files are there, which was
 * killed. With more of them it has been lost. */
static int no_journal(vg_kit *kit, const char *path, vgk_journal *out)
{
    vgk_texts snapshots;
    *out = vgk_journal_new(kit);
    int rc = vgk_folder_snapshots(kit, &snapshots);
    if (rc != VG_OK || snapshots.len < 2)
        return rc;
    return vgk_fail(kit, VG_NOT_FOUND,
                    "%s: there is no such file, but %zu snapshots beside it; it lists "
                    "the migrations: bring it back",
                    path, snapshots.len);
}

int vgk_folder_journal(vg_kit *kit, vgk_journal *out)
{
    vgk_file file;
    int rc = vgk_read_file(kit, vgk_path(kit, "meta/_journal.json"), &file);
    if (rc != VG_OK)
        return rc;
    if (!file.text)
        return no_journal(kit, file.path, out);
    rc = vgk_journal_read(kit, file.text, file.len, file.path, out);
    return rc == VG_OK ? vgk_journal_suits(kit, out, file.path)
                       : blame_conflict(kit, &file, rc);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void close_dir(void *dir)
{
    closedir(dir);
}

static bool ends_in(const char *text, const char *end)
{
    size_t len = strlen(text), n = strlen(end);
    return len >= n && strcmp(text + len - n, end) == 0;
}

int vgk_folder_snapshots(vg_kit *kit, vgk_texts *out)
{
    const char *path = vgk_path(kit, "meta");
    *out = (vgk_texts){0};
    DIR *dir = opendir(path);
    if (!dir)
        return errno == ENOENT ? VG_OK
                               : vgk_fail(kit, VG_IO, "%s: %s", path, strerror(errno));
    vgk_own(kit, dir, close_dir);
    struct dirent *entry;
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '_' && entry->d_name[0] != '.' &&
            ends_in(entry->d_name, ".json"))
            *VGK_ADD(kit, out) = vgk_text(kit, entry->d_name);
    vgk_release(kit, dir);
    if (out->len)
        qsort(out->data, out->len, sizeof *out->data, by_bytes);
    return VG_OK;
}

int vgk_folder_snapshot(vg_kit *kit, const char *name, vgk_snapshot *out, int *version)
{
    vgk_file file, companion;
    int rc = vgk_read_file(kit, vgk_path(kit, vgk_print(kit, "meta/%s", name)), &file);
    if (rc != VG_OK)
        return rc;
    if (!file.text)
        return vgk_fail(kit, VG_NOT_FOUND, "%s: there is no such file", file.path);
    rc = blame_conflict(
        kit, &file,
        vgk_snapshot_read(kit, file.text, file.len, file.path, out, version));
    if (rc == VG_OK)
        rc = vgk_read_file(kit, vgk_path(kit, vgk_companion_name(kit, name)),
                           &companion);
    if (rc == VG_OK && companion.text)
        rc =
            vgk_companion_read(kit, companion.text, companion.len, companion.path, out);
    return rc;
}

/* Whether an entry of the journal has this snapshot: one that has none was left behind by a
 * run that was killed before it wrote the journal, and counts for nothing. */
static bool is_listed(vg_kit *kit, const vgk_journal *journal, const char *name)
{
    for (size_t i = 0; i < journal->len; i++)
        if (strcmp(vgk_snapshot_name(kit, journal->data[i].tag) + strlen("meta/"),
                   name) == 0)
            return true;
    return false;
}

int vgk_folder_last(vg_kit *kit, const vgk_journal *journal, vgk_snapshot *out)
{
    vgk_texts names;
    *out = (vgk_snapshot){.id = vgk_first_id, .prev_id = ""};
    int rc = vgk_folder_snapshots(kit, &names);
    for (size_t i = names.len; rc == VG_OK && i > 0; i--)
        if (is_listed(kit, journal, names.data[i - 1]))
            return vgk_folder_snapshot(kit, names.data[i - 1], out, NULL);
    return rc;
}

/* ---- adding ---- */

static int64_t now_ms(vg_kit *kit)
{
    struct timespec now;
    if (kit->config.now_ms)
        return kit->config.now_ms(kit->config.ctx);
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const char *vgk_new_id(vg_kit *kit)
{
    char text[37];
    vg_uuid id;
    if (kit->config.random) {
        kit->config.random(kit->config.ctx, id.bytes, sizeof id.bytes);
        id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x40);
        id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
    } else {
        id = vg_uuid_v4();
    }
    return vgk_text(kit, vg_uuid_format(&id, text));
}

/* What the tag begins with, its "_" included. */
static const char *prefix_of(vg_kit *kit, const vgk_entry *entry)
{
    time_t seconds = (time_t)(entry->when / 1000);
    struct tm utc;
    char text[32];
    switch (kit->config.prefix) {
    case VG_KIT_TIMESTAMP:
    case VG_KIT_SUPABASE:
        gmtime_r(&seconds, &utc);
        strftime(text, sizeof text, "%Y%m%d%H%M%S_", &utc);
        return vgk_text(kit, text);
    case VG_KIT_UNIX: return vgk_print(kit, "%lld_", (long long)seconds);
    case VG_KIT_NONE: return "_";
    default: return vgk_print(kit, "%04lld_", (long long)entry->idx);
    }
}

int vgk_next_entry(vg_kit *kit, const vgk_journal *journal, const char *name,
                   vgk_entry *out)
{
    const vgk_entry *last = journal->len ? &journal->data[journal->len - 1] : NULL;
    int64_t when = now_ms(kit);
    /* What is not later than all that was applied would never run. */
    for (size_t i = 0; i < journal->len; i++)
        if (when <= journal->data[i].when)
            when = journal->data[i].when + 1;
    *out = (vgk_entry){.idx = last ? last->idx + 1 : 0,
                       .version = kit->dialect->snapshot_version,
                       .when = when,
                       .breakpoints = !kit->config.no_breakpoints};
    out->tag =
        vgk_print(kit, "%s%s", prefix_of(kit, out), name ? name : vgk_new_name(kit));
    if (!vgk_tag_is_sound(out->tag) || (name && !*name))
        return vgk_fail(
            kit, VG_INVALID,
            "the name \"%s\" cannot be a file's; letters, digits, - and _ do", name);
    if (vgk_journal_find(journal, out->tag) < journal->len)
        return vgk_fail(kit, VG_INVALID,
                        "there is a migration %s already; choose another name",
                        out->tag);
    return VG_OK;
}

int vgk_folder_write_journal(vg_kit *kit, const vgk_journal *journal)
{
    size_t len;
    const char *text = vgk_journal_write(kit, journal, &len);
    return vgk_write_file(kit, vgk_path(kit, "meta/_journal.json"), text, len);
}

int vgk_folder_add(vg_kit *kit, vgk_journal *journal, const vgk_migration *m)
{
    const char *tag = m->entry.tag;
    size_t len;
    const char *text = vgk_companion_write(kit, m->snapshot, &len);
    const char *companion = vgk_path(kit, vgk_companion_name(kit, tag));
    /* A run that was killed may have left one, and it is not about this migration. */
    int rc = vgk_remove_file(kit, vgk_path(kit, vgk_replaces_name(kit, tag)));
    if (rc == VG_OK)
        rc = text ? vgk_write_file(kit, companion, text, len)
                  : vgk_remove_file(kit, companion);
    text = vgk_snapshot_write(kit, m->snapshot, &len);
    if (rc == VG_OK)
        rc = vgk_write_file(kit, vgk_path(kit, vgk_sql_name(kit, tag)), m->sql,
                            m->sql_len);
    const char *down = vgk_path(kit, vgk_down_name(kit, tag));
    if (rc == VG_OK)
        rc = m->down ? vgk_write_file(kit, down, m->down, strlen(m->down))
                     : vgk_remove_file(kit, down);
    if (rc == VG_OK)
        rc = vgk_write_file(kit, vgk_path(kit, vgk_snapshot_name(kit, tag)), text, len);
    if (rc != VG_OK)
        return rc;
    *VGK_ADD(kit, journal) = m->entry;
    return vgk_folder_write_journal(kit, journal);
}
