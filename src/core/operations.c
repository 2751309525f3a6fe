/* What is done to a database as a whole: the part that is the same for all of them. */
#include "core/driver.h"
#include "core/limit.h"
#include "core/watch.h"
#include <virga/cache.h>

/* Begin a call that may not run in the middle of a transaction. */
static int start_alone(vg_db *db, const char *name)
{
    int rc = vg__start(db, NULL);
    if (rc == VG_OK && db->driver->in_transaction(db))
        rc = vg__fail(db, VG_MISUSE, NULL, "%s: a transaction is open", name);
    return rc;
}

int vg_checkpoint(vg_db *db, vg_checkpoint_mode mode, vg_checkpoint_result *result)
{
    int log_pages = 0, moved_pages = 0;
    if (result)
        *result = (vg_checkpoint_result){0, 0};
    int rc = start_alone(db, "vg_checkpoint");
    if (rc != VG_OK)
        return rc;
    rc = vg__operations_of(db)->checkpoint(db, mode, &log_pages, &moved_pages);
    if (result && log_pages > 0)
        *result = (vg_checkpoint_result){log_pages, moved_pages};
    return rc;
}

/* Cached results of what is about to be something else. */
static void forget_results(vg_db *db)
{
    if (db->options.query_cache)
        vg_query_cache_forget_all(db->options.query_cache);
}

/* Names that every connection has, or that are none. */
static bool bad_name(const char *name)
{
    return !name || !*name || strcmp(name, "main") == 0 || strcmp(name, "temp") == 0;
}

int vg_attach(vg_db *db, const char *url, const char *name, bool read_only)
{
    int rc = start_alone(db, "vg_attach");
    if (rc == VG_OK && (bad_name(name) || !url || !*url))
        rc = vg__fail(db, VG_MISUSE, NULL, "vg_attach: %s",
                      bad_name(name) ? "the name must be one of your own"
                                     : "the URL names no file");
    forget_results(db);
    return rc == VG_OK ? vg__operations_of(db)->attach(db, url, name, read_only) : rc;
}

int vg_detach(vg_db *db, const char *name)
{
    int rc = start_alone(db, "vg_detach");
    if (rc == VG_OK && bad_name(name))
        rc = vg__fail(db, VG_MISUSE, NULL,
                      "vg_detach: the name must be one of your own");
    forget_results(db);
    return rc == VG_OK ? vg__operations_of(db)->detach(db, name) : rc;
}

typedef struct collector {
    vg_db *db;
    vg_arena *arena;
    vg_defect_list *out;
} collector;

static const char *copy_text(vg_arena *arena, const char *text)
{
    return vg__arena_text(arena, text, strlen(text));
}

/* The list doubles in the arena; there are at most some hundred. */
static int collect(void *ctx, const vg_defect *defect)
{
    collector *c = ctx;
    size_t len = c->out->len;
    vg_defect *data = c->out->data;
    if ((len & (len - 1)) == 0) {
        data = vg__arena_alloc(c->arena, (len ? len * 2 : 1) * sizeof *data);
        if (data && len)
            memcpy(data, c->out->data, len * sizeof *data);
    }
    if (data) {
        data[len] = *defect;
        data[len].message = copy_text(c->arena, defect->message);
        data[len].table = copy_text(c->arena, defect->table);
        data[len].parent = copy_text(c->arena, defect->parent);
    }
    if (!data || !data[len].message || !data[len].table || !data[len].parent)
        return vg__fail(c->db, VG_NO_MEMORY, NULL, "out of memory");
    *c->out = (vg_defect_list){data, len + 1};
    return VG_OK;
}

int vg_check_integrity(vg_db *db, vg_arena *arena, vg_integrity how,
                       vg_defect_list *out)
{
    *out = (vg_defect_list){NULL, 0};
    int rc = vg__start(db, NULL);
    if (rc == VG_OK)
        rc = vg__operations_of(db)->inspect(db, how, collect,
                                            &(collector){db, arena, out});
    if (rc != VG_OK)
        *out = (vg_defect_list){NULL, 0};
    return rc;
}

int vg_optimize(vg_db *db)
{
    int rc = vg__start(db, NULL);
    return rc == VG_OK ? vg__operations_of(db)->optimize(db) : rc;
}

int vg_vacuum(vg_db *db)
{
    int rc = start_alone(db, "vg_vacuum");
    return rc == VG_OK ? vg__operations_of(db)->vacuum(db) : rc;
}

static int start_copy(vg_db *db, const char *name, const char *path)
{
    int rc = start_alone(db, name);
    vg__limit_wait_begin(db);
    if (rc == VG_OK && (!path || !*path))
        rc = vg__fail(db, VG_MISUSE, NULL, "%s: the path is %s", name,
                      path ? "empty" : "NULL");
    return rc;
}

int vg_vacuum_into(vg_db *db, const char *path)
{
    int rc = start_copy(db, "vg_vacuum_into", path);
    return rc == VG_OK ? vg__operations_of(db)->vacuum_into(db, path) : rc;
}

int vg_backup(vg_db *db, const char *path, const vg_backup_options *options)
{
    static const vg_backup_options defaults;
    int rc = start_copy(db, "vg_backup", path);
    return rc == VG_OK
               ? vg__operations_of(db)->backup(db, path, options ? options : &defaults)
               : rc;
}

int vg_restore(vg_db *db, const char *path, const vg_backup_options *options)
{
    static const vg_backup_options defaults;
    int rc = start_copy(db, "vg_restore", path);
    if (rc == VG_OK && db->cursors)
        rc = vg__fail(db, VG_MISUSE, NULL, "vg_restore: a cursor is open");
    if (rc == VG_OK && db->read_only)
        rc = vg__fail(db, VG_READ_ONLY, NULL,
                      "vg_restore: the connection can only read");
    if (rc == VG_OK)
        rc = vg__operations_of(db)->restore(db, path, options ? options : &defaults);
    if (rc == VG_OK && db->watch)
        vg__watch_replaced(db);
    return rc;
}
