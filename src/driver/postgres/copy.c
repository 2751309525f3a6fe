/* COPY. Rows are written in binary where all columns have a binary form that is known here,
 * else as text; both from what the parameters of an INSERT would be. They are sent in large
 * pieces without blocking, so that a limit is kept and an answer is read while they are. */
#include "base/buf.h"
#include "core/limit.h"
#include "core/services.h"
#include "driver/postgres/postgres.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <virga/batch.h>

enum { PIECE = 1 << 16, LARGEST = 1 << 30, AGAIN_MS = 20 };

typedef struct copier {
    vg_pg_stmt *stmt;
    const char *insert;
    vg_buf out;           /* a piece */
    bool as_text;         /* else binary */
    Oid *types;           /* the statement's own, while it writes text */
    int64_t rows, before; /* of this COPY; of those that were ended for it */
} copier;

static PGconn *conn_of(const vg_db *db)
{
    return vg__pg_of(db)->conn;
}

/* ---- sending ---- */

/* Until all is written. A limit that is over cancels the COPY, whose end then tells. */
static int flush(vg_db *db)
{
    PGconn *conn = conn_of(db);
    int left;
    while ((left = PQflush(conn)) > 0) {
        if (vg__pg_pipeline.wait(db, VG_WANT_READ | VG_WANT_WRITE, -1) != VG_OK)
            return db->error.code;
        if (!PQconsumeInput(conn))
            return vg__pg_fail(db, NULL, NULL);
        if (db->limit.on && vg__limit_over(db)) {
            vg__pg_cancel(vg__pg_of(db));
            vg__limit_suspend(db);
        }
    }
    return left < 0 ? vg__pg_fail(db, NULL, NULL) : VG_OK;
}

static int send_bytes(vg_db *db, const char *bytes, size_t len)
{
    if (PQputCopyData(conn_of(db), bytes, (int)len) <= 0)
        return vg__pg_fail(db, NULL, NULL);
    return flush(db);
}

static int begin(vg_db *db, const char *sql, ExecStatusType wanted)
{
    PGconn *conn = vg__pg_ready(db);
    if (!conn)
        return db->error.code;
    PGresult *result = PQsendQuery(conn, sql) ? vg__pg_take(db) : NULL;
    int rc = PQresultStatus(result) == wanted ? VG_OK : vg__pg_fail(db, result, sql);
    PQclear(result);
    if (rc != VG_OK)
        PQclear(vg__pg_drain(db));
    else if (wanted == PGRES_COPY_IN)
        PQsetnonblocking(conn, 1);
    return rc;
}

/* "COPY posts, line 17, column title: ..." */
static int64_t line_of(const PGresult *result)
{
    const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);
    const char *line = context && strncmp(context, "COPY ", 5) == 0
                           ? strstr(context, ", line ")
                           : NULL;
    return line ? strtoll(line + 7, NULL, 10) : -1;
}

/* `why` not NULL: nothing of it is to stay. *line: from 1, or -1. */
static int finish(vg_db *db, const char *why, const char *sql, int64_t *line)
{
    PGconn *conn = conn_of(db);
    *line = -1;
    vg_error error = db->error;
    int rc = PQputCopyEnd(conn, why) > 0 ? flush(db) : vg__pg_fail(db, NULL, sql);
    PQsetnonblocking(conn, 0);
    PGresult *result, *failed = NULL;
    int64_t rows = 0;
    while (rc == VG_OK && (result = vg__pg_take(db))) {
        if (vg__pg_good(result)) {
            rows = strtoll(PQcmdTuples(result), NULL, 10);
        } else if (!failed) {
            failed = result;
            continue;
        }
        PQclear(result);
        if (PQstatus(conn) != CONNECTION_OK)
            break;
    }
    if (why) {
        db->error = error;
        rc = error.code;
    } else if (failed) {
        *line = line_of(failed);
        rc = vg__pg_fail(db, failed, sql);
    }
    PQclear(failed);
    vg__pg_of(db)->changes = rows;
    return rc;
}

/* ---- rows ---- */

/* Types whose parameters are sent in binary, or as text that is the same in binary. */
static bool is_binary(Oid type)
{
    static const Oid known[] = {
        VG_OID_BOOL,      VG_OID_BYTEA,       VG_OID_INT8, VG_OID_INT2,   VG_OID_INT4,
        VG_OID_TEXT,      VG_OID_OID,         VG_OID_JSON, VG_OID_FLOAT4, VG_OID_FLOAT8,
        VG_OID_BPCHAR,    VG_OID_VARCHAR,     VG_OID_DATE, VG_OID_UUID,   VG_OID_JSONB,
        VG_OID_TIMESTAMP, VG_OID_TIMESTAMPTZ,
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i] == type)
            return true;
    return false;
}

static bool is_text(Oid type)
{
    return type == VG_OID_TEXT || type == VG_OID_VARCHAR || type == VG_OID_BPCHAR ||
           type == VG_OID_JSON;
}

static void put_be(vg_buf *out, uint32_t n, int size)
{
    char bytes[4];
    for (int i = size; i--; n >>= 8)
        bytes[i] = (char)(n & 255);
    vg__buf_bytes(out, bytes, (size_t)size);
}

/* The length and the bytes of a value; mostly there is room, and eight bytes. */
static inline void put_value(vg_buf *out, const char *bytes, size_t len)
{
    uint32_t size = VG_PG_BE32((uint32_t)len);
    if (out->failed || out->cap - out->len <= len + sizeof size) {
        vg__buf_bytes(out, (const char *)&size, sizeof size);
        vg__buf_bytes(out, bytes, len);
        return;
    }
    char *at = out->text + out->len;
    memcpy(at, &size, sizeof size);
    if (len == 8)
        memcpy(at + sizeof size, bytes, 8);
    else
        memcpy(at + sizeof size, bytes, len);
    out->len += sizeof size + len;
}

/* copy "t" ("a", "b") from stdin, of insert into "t" ("a", "b") values (...) */
static int begin_rows(vg_db *db, copier *c)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* 19 bytes */
    static const char into[] = "insert into ", values[] = " values ";
    const char *from = c->insert + sizeof into - 1, *end = NULL;
    for (const char *at = from; (at = strstr(at, values)); at++)
        end = at;
    vg_buf *sql = &c->out;
    vg__buf_reset(sql);
    vg__buf_text(sql, "copy ");
    vg__buf_bytes(sql, from, (size_t)(end - from));
    vg__buf_text(sql, c->as_text ? " from stdin" : " from stdin (format binary)");
    if (sql->failed)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    int rc = begin(db, sql->text, PGRES_COPY_IN);
    vg__buf_reset(sql);
    if (!c->as_text)
        vg__buf_bytes(sql, head, 19);
    c->rows = 0;
    return rc;
}

static bool write_as_text(vg_db *db, copier *c)
{
    size_t size = (size_t)c->stmt->param_count * sizeof(Oid);
    c->as_text = true;
    c->types = vg__db_alloc(db, NULL, 0, size);
    if (!c->types)
        return false;
    memcpy(c->types, c->stmt->types, size);
    memset(c->stmt->types, 0, size); /* of no known type: as text */
    return true;
}

static void forget(vg_db *db, copier *c)
{
    size_t size = (size_t)c->stmt->param_count * sizeof(Oid);
    if (c->types) {
        memcpy(c->stmt->types, c->types, size);
        vg__db_alloc(db, c->types, size, 0);
    }
    vg__buf_free(&c->out);
    vg__db_alloc(db, c, sizeof *c, 0);
}

static int copy_begin(vg_db *db, const char *insert, void *native, void **out)
{
    copier *c = vg__db_alloc(db, NULL, 0, sizeof *c);
    if (!c)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    *c = (copier){.stmt = native, .insert = insert};
    vg__buf_init(&c->out, &db->allocator, LARGEST);
    bool binary = true;
    for (int i = 0; i < c->stmt->param_count; i++)
        binary &= is_binary(c->stmt->types[i]);
    int rc = binary || write_as_text(db, c)
                 ? begin_rows(db, c)
                 : vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    if (rc != VG_OK) {
        forget(db, c);
        return rc;
    }
    *out = c;
    return VG_OK;
}

/* False: a value of this row has no binary form. */
static bool put_binary(copier *c, const vg_pg_params *p)
{
    size_t begun = c->out.len;
    put_be(&c->out, (uint32_t)c->stmt->param_count, 2);
    for (int i = 0; i < c->stmt->param_count; i++) {
        Oid type = c->stmt->types[i];
        if (!p->values[i]) {
            put_be(&c->out, UINT32_MAX, 4);
            continue;
        }
        bool json = type == VG_OID_JSONB && !p->formats[i];
        if (!p->formats[i] && !is_text(type) && !json) {
            c->out.len = begun;
            return false;
        }
        size_t len = p->formats[i] ? (size_t)p->lengths[i] : strlen(p->values[i]);
        if (!json) {
            put_value(&c->out, p->values[i], len);
            continue;
        }
        put_be(&c->out, (uint32_t)len + 1, 4);
        vg__buf_char(&c->out, 1);
        vg__buf_bytes(&c->out, p->values[i], len);
    }
    return true;
}

static void put_escaped(vg_buf *out, const char *text)
{
    static const char special[] = "\\\n\r\t", names[] = "\\nrt";
    while (*text) {
        size_t plain = strcspn(text, special);
        vg__buf_bytes(out, text, plain);
        text += plain;
        if (!*text)
            return;
        vg__buf_char(out, '\\');
        vg__buf_char(out, names[strchr(special, *text++) - special]);
    }
}

static void put_hex(vg_buf *out, const char *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    vg__buf_text(out, "\\\\x");
    for (size_t i = 0; i < len; i++) {
        vg__buf_char(out, digits[(unsigned char)bytes[i] >> 4]);
        vg__buf_char(out, digits[bytes[i] & 15]);
    }
}

static void put_text(copier *c, const vg_pg_params *p)
{
    for (int i = 0; i < c->stmt->param_count; i++) {
        if (i)
            vg__buf_char(&c->out, '\t');
        if (!p->values[i])
            vg__buf_text(&c->out, "\\N");
        else if (p->formats[i])
            put_hex(&c->out, p->values[i], (size_t)p->lengths[i]);
        else
            put_escaped(&c->out, p->values[i]);
    }
    vg__buf_char(&c->out, '\n');
}

static int send_piece(vg_db *db, copier *c)
{
    if (c->out.failed)
        return vg__fail(db, c->out.too_long ? VG_TOO_BIG : VG_NO_MEMORY, NULL,
                        c->out.too_long ? "the row is larger than 1 GiB"
                                        : "out of memory");
    int rc = send_bytes(db, c->out.text, c->out.len);
    vg__buf_reset(&c->out);
    return rc;
}

static int end_rows(vg_db *db, copier *c, const char *why, int64_t *line)
{
    int rc = VG_OK;
    if (!why) {
        if (!c->as_text)
            put_be(&c->out, 0xffff, 2);
        rc = send_piece(db, c);
    }
    int end = finish(db, rc == VG_OK ? why : "given up", c->insert, line);
    return rc == VG_OK ? end : rc;
}

static int copy_row(vg_db *db, void *ctx, const vg_param *params)
{
    copier *c = ctx;
    const vg_pg_params *p = &vg__pg_of(db)->params;
    int64_t line;
    int rc = vg__pg_encode(db, c->stmt, params);
    if (rc != VG_OK)
        return rc;
    if (!c->as_text && !put_binary(c, p)) { /* from here on as text */
        int64_t before = c->before + c->rows;
        rc = end_rows(db, c, NULL, &line);
        if (rc == VG_OK && !write_as_text(db, c))
            rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        if (rc == VG_OK)
            rc = begin_rows(db, c);
        c->before = before;
        return rc == VG_OK ? copy_row(db, c, params) : rc;
    }
    if (c->as_text)
        put_text(c, p);
    c->rows++;
    return c->out.len >= PIECE || c->out.failed ? send_piece(db, c) : VG_OK;
}

static int copy_end(vg_db *db, void *ctx, int rc, int64_t *row)
{
    copier *c = ctx;
    int64_t line = -1;
    bool in_copy = PQtransactionStatus(conn_of(db)) == PQTRANS_ACTIVE;
    if (in_copy)
        rc = end_rows(db, c, rc == VG_OK ? NULL : "given up", &line);
    *row = line > 0 && line <= c->rows ? c->before + line - 1 : -1;
    forget(db, c);
    return rc;
}

/* ---- files ---- */

static int copy_out(vg_db *db, const char *sql,
                    int (*put)(void *ctx, const char *bytes, size_t len), void *ctx)
{
    PGconn *conn = conn_of(db);
    char *bytes = NULL;
    int len = 0, rc = begin(db, sql, PGRES_COPY_OUT);
    if (rc != VG_OK)
        return rc;
    vg_error error = {0};
    while ((len = PQgetCopyData(conn, &bytes, 1)) >= 0) {
        if (len > 0) {
            if (rc == VG_OK && (rc = put(ctx, bytes, (size_t)len)) != VG_OK) {
                error = db->error;
                vg__pg_cancel(vg__pg_of(db)); /* nobody wants the rest */
            }
            PQfreemem(bytes);
            continue;
        }
        if (vg__pg_pipeline.wait(db, VG_WANT_READ, -1) != VG_OK ||
            !PQconsumeInput(conn))
            break;
        if (db->limit.on && vg__limit_over(db)) {
            vg__pg_cancel(vg__pg_of(db));
            vg__limit_suspend(db);
        }
    }
    PGresult *failed = vg__pg_drain(db);
    if (rc != VG_OK)
        db->error = error;
    else if (failed || PQstatus(conn) != CONNECTION_OK)
        rc = vg__pg_fail(db, failed, sql);
    PQclear(failed);
    return rc;
}

static int copy_in(vg_db *db, const char *sql,
                   int (*get)(void *ctx, char *bytes, size_t room, size_t *len),
                   void *ctx, int64_t *line)
{
    size_t len = 1;
    int rc = begin(db, sql, PGRES_COPY_IN);
    char *bytes = rc == VG_OK ? vg__db_alloc(db, NULL, 0, PIECE) : NULL;
    if (rc != VG_OK)
        return rc;
    if (!bytes)
        rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    while (rc == VG_OK && len) {
        rc = get(ctx, bytes, PIECE, &len);
        if (rc == VG_OK && len)
            rc = send_bytes(db, bytes, len);
    }
    if (bytes)
        vg__db_alloc(db, bytes, PIECE, 0);
    return finish(db, rc == VG_OK ? NULL : "given up", sql, line);
}

const vg_copying vg__pg_copying = {
    .begin = copy_begin,
    .row = copy_row,
    .end = copy_end,
    .out = copy_out,
    .in = copy_in,
    .options = {" (format csv, header)", "", " (format binary)"},
};
