/* The same work on a copy first. The copy is a file beside the database, in a folder of its
 * own where there is no database file; it is gone when this is over. */
#include "migrate/work.h"
#include "base/arena.h"
#include "core/run.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <virga/operations.h>

enum { PATH_ROOM = 1200 };

typedef struct copy {
    char path[PATH_ROOM];
    char folder[PATH_ROOM]; /* made for it; "": none */
    vg_db *db;
} copy;

static int name_copy(vg_migrate_run *r, copy *c)
{
    static atomic_uint number;
    const char *path = r->options->rehearse_path, *file = r->migrator->file(r->db);
    const char *tmp = getenv("TMPDIR");
    c->folder[0] = 0;
    if (path && access(path, F_OK) == 0)
        return vg__fail(
            r->db, VG_INVALID, NULL,
            "%s: there is a file %.300s already: a rehearsal would delete it", r->name,
            path);
    if (path) {
        snprintf(c->path, sizeof c->path, "%s", path);
        return VG_OK;
    }
    if (*file) {
        snprintf(c->path, sizeof c->path, "%.1000s.rehearsal-%ld-%u", file,
                 (long)getpid(), atomic_fetch_add(&number, 1) + 1);
        return VG_OK;
    }
    snprintf(c->folder, sizeof c->folder, "%.1000s/virga-XXXXXX",
             tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(c->folder)) {
        c->folder[0] = 0;
        return vg__fail(r->db, VG_IO, NULL,
                        "%s: no folder can be made for a rehearsal in %.200s", r->name,
                        tmp && *tmp ? tmp : "/tmp");
    }
    snprintf(c->path, sizeof c->path, "%.1100s/copy.db", c->folder);
    return VG_OK;
}

static void remove_copy(copy *c)
{
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
    char path[PATH_ROOM + 16];
    vg_close(c->db);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(path, sizeof path, "%s%s", c->path, suffixes[i]);
        unlink(path);
    }
}

/* What is wrong with the file itself; foreign keys have been looked at. */
static int check_file(vg_db *db)
{
    vg_arena arena = {.allocator = db->allocator};
    vg_defect_list defects;
    int rc = vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects);
    for (size_t i = 0; rc == VG_OK && i < defects.len; i++)
        if (defects.data[i].kind == VG_DEFECT_FILE)
            rc =
                vg__fail(db, VG_CORRUPT, NULL, "the copy is not sound after it: %.300s",
                         defects.data[i].message);
    vg_arena_free(&arena);
    return rc;
}

static int work_on(vg_migrate_run *r, copy *c, vg_migrate_choose choose)
{
    vg_migrate_options options = *r->options;
    vg_migrate_run trial;
    options.rehearse = false;
    options.backup_path = NULL;
    options.count = NULL;
    int rc = vg__migrate_begin(&trial, c->db, r->name, r->list, &options);
    trial.rollback = r->rollback;
    trial.rehearsal = true;
    if (rc == VG_OK)
        rc = vg__migrate_work(&trial, choose);
    rc = vg__migrate_end(&trial, rc);
    return rc == VG_OK ? check_file(c->db) : rc;
}

/* A failure, of the copy or of making it, as that of the database. Without what the trial
 * says of how its database was left, which is the copy's end. */
static int pass_on(vg_migrate_run *r, const vg_db *from, int rc)
{
    if (!from)
        return vg__fail(r->db, rc, NULL, "out of memory");
    vg_error e = from->error;
    vg_details details = {e.native, e.sqlstate, e.constraint,
                          e.table,  e.column,   e.position};
    return vg__fail_with(
        r->db, rc, e.sql, &details, "rehearsal%s: %.450s; the database is as it was",
        from == r->db && !r->migrator->file ? "" : " on a copy", e.message);
}

/* A server has no copies to work on: so in the database itself, and nothing stays of it but
 * what sequences have counted. Meanwhile the locks are those of the run. */
static int rehearse_here(vg_migrate_run *r, vg_migrate_choose choose)
{
    vg_migrate_options options = *r->options;
    vg_migrate_run trial;
    options.count = NULL;
    int rc = vg__migrate_begin(&trial, r->db, r->name, r->list, &options);
    trial.rollback = r->rollback;
    trial.rehearsal = trial.warned = true;
    if (rc == VG_OK)
        rc = vg__migrate_try(&trial, choose);
    rc = vg__migrate_end(&trial, rc);
    return rc == VG_OK ? rc : pass_on(r, r->db, rc);
}

int vg__migrate_rehearse(vg_migrate_run *r, vg_migrate_choose choose)
{
    copy c = {.db = NULL};
    int rc = vg__migrate_tell(
        r, VG_MIGRATE_REHEARSAL,
        r->migrator->file ? "on a copy" : "in a transaction that is rolled back");
    if (rc == VG_OK && !r->migrator->file)
        return rehearse_here(r, choose);
    if (rc == VG_OK)
        rc = name_copy(r, &c);
    if (rc != VG_OK)
        return rc;
    vg_options how = {.journal = VG_JOURNAL_DELETE,
                      .synchronous = VG_SYNC_OFF,
                      .foreign_keys_off = r->db->options.foreign_keys_off,
                      .allocator = r->db->allocator};
    rc = vg_backup(r->db, c.path, NULL);
    if (rc != VG_OK) {
        pass_on(r, r->db, rc);
    } else {
        rc = vg_open(&c.db, c.path, &how);
        if (rc == VG_OK)
            rc = work_on(r, &c, choose);
        if (rc != VG_OK)
            pass_on(r, c.db, rc);
        remove_copy(&c);
    }
    if (*c.folder)
        rmdir(c.folder);
    return rc;
}
