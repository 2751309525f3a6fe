/* COPY between the database and files. */
#include "core/guard.h"
#include "core/run.h"
#include "core/services.h"
#include <errno.h>
#include <virga/copy.h>

typedef struct file {
    vg_db *db;
    FILE *file;
} file;

static int put(void *ctx, const char *bytes, size_t len)
{
    const file *f = ctx;
    errno = 0;
    if (fwrite(bytes, 1, len, f->file) == len)
        return VG_OK;
    return vg__fail(f->db, VG_IO, NULL, "vg_copy_out: the file cannot be written: %s",
                    errno ? strerror(errno) : "nobody knows why");
}

static int get(void *ctx, char *bytes, size_t room, size_t *len)
{
    const file *f = ctx;
    errno = 0;
    *len = fread(bytes, 1, room, f->file);
    if (!ferror(f->file))
        return VG_OK;
    return vg__fail(f->db, VG_IO, NULL, "vg_copy_file: the file cannot be read: %s",
                    errno ? strerror(errno) : "nobody knows why");
}

static const vg_copying *start(vg_db *db, const char *call, const FILE *f,
                               vg_copy_format format, const char *here)
{
    const vg_copying *by = vg__services_of(db)->copying;
    if (vg__start(db, here) != VG_OK)
        return NULL;
    if (!by)
        vg__fail(db, VG_UNSUPPORTED, NULL,
                 "%s: %s has no COPY; its shell reads and writes CSV", call,
                 db->dialect->name);
    else if (!f || format > VG_COPY_BINARY)
        vg__fail(db, VG_MISUSE, NULL, "%s: %s", call,
                 f ? "there is no such format" : "the file is NULL");
    return db->error.code ? NULL : by;
}

/* COPY (query) TO STDOUT with its values written out, into db->sql. */
static int write_sql(vg_db *db, const vg_clause *query, size_t count,
                     const char *options)
{
    vg_buf *sql = &db->sql;
    vg_parts parts;
    vg_render r = {.out = sql, .dialect = db->dialect};
    vg__walk_query(&db->walk, query, count);
    if (db->walk.failed)
        return vg__fail(db, db->walk.failed, NULL, "%s", db->walk.message);
    vg__parts(&parts, query, count);
    r.inlined = db->walk.params;
    r.name_fields = VG_NAMES_ALIAS;
    vg__buf_reset(sql);
    vg__buf_text(sql, "copy (");
    if (vg__is_values(parts.head))
        vg__render_fail(&r, VG_INVALID, "vg_copy_out: VALUES yields no rows to copy");
    else
        vg__render(&r, &parts);
    vg__buf_text(sql, ") to stdout");
    vg__buf_text(sql, options);
    if (r.failed)
        return vg__fail(db, r.failed, NULL, "%s", r.message);
    return sql->failed ? vg__fail(db, sql->too_long ? VG_TOO_BIG : VG_NO_MEMORY, NULL,
                                  sql->too_long ? "the SQL text is longer than 1 MiB"
                                                : "out of memory")
                       : VG_OK;
}

int vg_run_copy_out(vg_db *db, FILE *f, vg_copy_format format, const char *here,
                    const vg_clause *query, size_t count)
{
    VG_GUARD(db, here, VG_MISUSE);
    const vg_copying *by = start(db, "vg_copy_out", f, format, here);
    if (!by || write_sql(db, query, count, by->options[format]) != VG_OK)
        return db->error.code;
    int rc = by->out(db, db->sql.text, put, &(file){db, f});
    if (rc == VG_OK && fflush(f) != 0)
        rc = vg__fail(db, VG_IO, NULL, "vg_copy_out: the file cannot be written: %s",
                      strerror(errno));
    db->changes = 0;
    return rc;
}

int vg_run_copy_file(vg_db *db, FILE *f, vg_copy_format format, const vg_shape *table,
                     const char *here)
{
    VG_GUARD(db, here, VG_MISUSE);
    const vg_copying *by = start(db, "vg_copy_file", f, format, here);
    int64_t line = -1;
    vg_buf *sql = &db->sql;
    vg_render r = {.out = sql, .dialect = db->dialect};
    if (!by)
        return db->error.code;
    vg__buf_reset(sql);
    vg__buf_text(sql, "copy ");
    vg__render_table(&r, table);
    vg__buf_text(sql, " from stdin");
    vg__buf_text(sql, by->options[format]);
    if (sql->failed)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    int rc = by->in(db, sql->text, get, &(file){db, f}, &line);
    if (rc != VG_OK && line > 0)
        vg__say_where(db, "line", line);
    if (rc == VG_OK)
        db->changes = -1;
    return rc;
}
