/* A migration folder, drizzle-kit's: meta/_journal.json, meta/NNNN_snapshot.json, NNNN_name.sql;
 * and ours beside them: NNNN_name.down.sql and meta/_NNNN_virga.json. */
#pragma once
#include "kit/journal.h"
#include "kit/snapshot.h"

/* Text that stands in a file. */
typedef struct vgk_file {
    const char *path;
    const char *text; /* NULL: there is no such file */
    size_t len;
} vgk_file;

/* `name` below the folder. */
const char *vgk_path(vg_kit *kit, const char *name);

/* Read a file of at most 64 MiB. No such file: VG_OK and text NULL. VG_IO otherwise. */
int vgk_read_file(vg_kit *kit, const char *path, vgk_file *out);

/* The same into `room`, which grows when it must: for many files, one after the other. */
typedef struct vgk_room {
    char *data;
    size_t size;
} vgk_room;
int vgk_read_file_into(vg_kit *kit, const char *path, vgk_room *room, vgk_file *out);

/* Write a file so that it is as before or as after, whatever happens: beside it, brought to
 * disk, renamed. Folders above it are made. VG_IO, VG_FULL, VG_READ_ONLY. */
int vgk_write_file(vg_kit *kit, const char *path, const char *text, size_t len);

/* Remove a file; VG_OK if there is none. */
int vgk_remove_file(vg_kit *kit, const char *path);

/* Before a folder is read by what will write into it: wait until nobody else does, and keep it
 * until the call ends. */
void vgk_folder_lock(vg_kit *kit);

/* The journal; an empty one if there is no folder yet. */
int vgk_folder_journal(vg_kit *kit, vgk_journal *out);

/* The names of the snapshot files below meta/, in the order in which drizzle-kit reads them:
 * that of their bytes. */
int vgk_folder_snapshots(vg_kit *kit, vgk_texts *out);

/* The snapshot in the file meta/`name`, with its companion. `version`: see snapshot.h. */
int vgk_folder_snapshot(vg_kit *kit, const char *name, vgk_snapshot *out, int *version);

/* The last snapshot that the journal knows; an empty one with the id of zeros if there is
 * none. */
int vgk_folder_last(vg_kit *kit, const vgk_journal *journal, vgk_snapshot *out);

/* What a migration's files are called: "0003_x" gives "meta/0003_snapshot.json",
 * "meta/_0003_virga.json". Below the folder. */
const char *vgk_sql_name(vg_kit *kit, const char *tag);
const char *vgk_down_name(vg_kit *kit, const char *tag);
const char *vgk_snapshot_name(vg_kit *kit, const char *tag);
const char *vgk_companion_name(vg_kit *kit, const char *tag);
/* "meta/_0007_squashed_replaces.json": what it stands for (adopt.h). */
const char *vgk_replaces_name(vg_kit *kit, const char *tag);

/* A migration that is to be. */
typedef struct vgk_migration {
    vgk_entry entry;
    const char *sql;
    size_t sql_len;
    const char *down; /* NULL: no such file */
    const vgk_snapshot *snapshot;
} vgk_migration;

/* The next entry of a journal: number, time (after the last one's), prefix and name; `name`
 * NULL: one is made up. VG_INVALID: not a name for a file, or taken. */
int vgk_next_entry(vg_kit *kit, const vgk_journal *journal, const char *name,
                   vgk_entry *out);

/* A random UUID. */
const char *vgk_new_id(vg_kit *kit);

extern const char vgk_first_id[]; /* the id of nothing: zeros */

/* Write the files of a migration, and last the journal with its entry: a run that ends in
 * between leaves files that nothing refers to. */
int vgk_folder_add(vg_kit *kit, vgk_journal *journal, const vgk_migration *migration);

/* The migrations of a journal as what vg_migrate takes. */
int vgk_load(vg_kit *kit, const vgk_journal *journal, vg_migrations *out);

/* Write the journal. */
int vgk_folder_write_journal(vg_kit *kit, const vgk_journal *journal);
