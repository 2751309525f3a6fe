/* COPY. Rows are written in binary where all columns have a binary form that is known here,
 * else as text; both from what the parameters of an INSERT would be. They are sent in large
 * pieces without blocking, so that a limit is kept and an answer is read while they are. */
#include "base/buf.h"
#include "core/services.h"
#include "driver/postgres/copy.h"
#include "driver/postgres/object.h"
#include "driver/postgres/structs.h"

/* A piece stays in the processor's nearest memory; libpq makes larger ones of them. */
enum { PIECE = 4000, KEPT = 1 << 17, LARGEST = 1 << 30 };

typedef struct vg_pg_copier {
    vg_pg_stmt *stmt;
    const char *insert;
    vg_buf out;           /* a piece */
    bool as_text;         /* else binary */
    Oid *types;           /* the statement's own, while it writes text */
    int64_t rows, before; /* of this COPY; of those that were ended for it */
    size_t unflushed;     /* bytes */
    vg_pg_fields fields;  /* of the structs that were written; count 0: none yet ... */
    size_t laid; /* ... rows of one size at the begin of `out`, see structs.h */
} vg_pg_copier;

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
static int begin_rows(vg_db *db, vg_pg_copier *c)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* 19 bytes */
    static const char into[] = "insert into ", values[] = " values ";
    const char *from = c->insert + sizeof into - 1, *end = NULL;
    for (const char *at = from; (at = strstr(at, values)); at++)
        end = at;
    static const char always[] = " overriding system value"; /* COPY does that anyway */
    size_t len = sizeof always - 1;
    if ((size_t)(end - from) > len && memcmp(end - len, always, len) == 0)
        end -= len;
    vg_buf *sql = &c->out;
    vg__buf_reset(sql);
    vg__buf_text(sql, "copy ");
    vg__buf_bytes(sql, from, (size_t)(end - from));
    vg__buf_text(sql, c->as_text ? " from stdin" : " from stdin (format binary)");
    if (sql->failed)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    int rc = vg__pg_copy_begin(db, sql->text, PGRES_COPY_IN);
    vg__buf_reset(sql);
    if (!c->as_text)
        vg__buf_bytes(sql, head, 19);
    c->rows = 0;
    c->laid = 0;
    return rc;
}

static bool write_as_text(vg_db *db, vg_pg_copier *c)
{
    size_t size = (size_t)c->stmt->param_count * sizeof(Oid);
    c->as_text = true;
    c->types = vg__db_alloc(db, NULL, 0, size);
    if (!c->types)
        return false;
    memcpy(c->types, c->stmt->types, size);
    for (int i = 0; i < c->stmt->param_count; i++)
        if (c->types[i] != VG_OID_BOX_ARRAY) /* whose elements ';' parts */
            c->stmt->types[i] = 0;           /* of no known type: as text */
    return true;
}

static void free_copier(vg_db *db, vg_pg_copier *c)
{
    vg__buf_free(&c->out);
    vg__db_alloc(db, c, sizeof *c, 0);
}

void vg__pg_copy_free(vg_db *db)
{
    vg_pg_copier *c = vg__pg_of(db)->copier;
    if (c)
        free_copier(db, c);
}

/* The last one's, or a new one. */
static vg_pg_copier *make_copier(vg_db *db)
{
    vg_pg_copier *c = vg__pg_of(db)->copier;
    vg__pg_of(db)->copier = NULL;
    if (c || !(c = vg__db_alloc(db, NULL, 0, sizeof *c)))
        return c;
    memset(c, 0, sizeof *c);
    vg__buf_init(&c->out, &db->allocator, LARGEST);
    return c;
}

static void forget(vg_db *db, vg_pg_copier *c)
{
    size_t size = (size_t)c->stmt->param_count * sizeof(Oid);
    if (c->types) {
        memcpy(c->stmt->types, c->types, size);
        vg__db_alloc(db, c->types, size, 0);
    }
    c->types = NULL;
    if (!vg__pg_of(db)->copier && c->out.cap <= KEPT)
        vg__pg_of(db)->copier = c;
    else
        free_copier(db, c);
}

static int copy_begin(vg_db *db, const char *insert, void *native, void **out)
{
    vg_pg_copier *c = make_copier(db);
    if (!c)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    c->stmt = native;
    c->insert = insert;
    c->as_text = false;
    c->rows = c->before = 0;
    c->unflushed = 0;
    c->fields.count = 0;
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
static bool put_binary(vg_pg_copier *c, const vg_pg_params *p)
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

static void put_text(vg_pg_copier *c, const vg_pg_params *p)
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

static int send_piece(vg_db *db, vg_pg_copier *c)
{
    if (c->out.failed)
        return vg__fail(db, c->out.too_long ? VG_TOO_BIG : VG_NO_MEMORY, NULL,
                        c->out.too_long ? "the row is larger than 1 GiB"
                                        : "out of memory");
    int rc = vg__pg_copy_send(db, c->out.text, c->out.len);
    c->unflushed += c->out.len;
    vg__buf_reset(&c->out);
    if (rc != VG_OK || c->unflushed < VG_PG_COPY_PIECE)
        return rc;
    c->unflushed = 0;
    return vg__pg_copy_flush(db);
}

static int end_rows(vg_db *db, vg_pg_copier *c, const char *why, int64_t *line)
{
    int rc = VG_OK;
    if (!why) {
        if (!c->as_text)
            put_be(&c->out, 0xffff, 2);
        rc = send_piece(db, c);
    }
    int end = vg__pg_copy_finish(db, rc == VG_OK ? why : "given up", c->insert, line);
    return rc == VG_OK ? end : rc;
}

/* Rows of one size, as many as the piece takes; how many. All but their values is there
 * from the piece before. */
static size_t put_fixed(vg_pg_copier *c, const char *rows, size_t count)
{
    size_t size = c->fields.row_size, len = c->out.len, index = len / size;
    size_t room = (PIECE - len) / size;
    char *at = c->out.text + len;
    if (count > room)
        count = room;
    if (len % size || index > c->laid) {
        vg__pg_fields_lay(&c->fields, at, count);
        c->laid = 0;
    } else if (index + count > c->laid) {
        vg__pg_fields_lay(&c->fields, c->out.text + c->laid * size,
                          index + count - c->laid);
        c->laid = index + count;
    }
    count = vg__pg_fields_fill(&c->fields, rows, at, count);
    c->out.len += count * size;
    return count;
}

/* The same of any size. */
static size_t put_any(vg_pg_copier *c, const char *rows, size_t count)
{
    char *at = c->out.text + c->out.len, *end = c->out.text + PIECE, *next;
    size_t i = 0;
    for (; i < count; i++, rows += c->fields.stride, at = next)
        if (!(next = vg__pg_fields_row(&c->fields, rows, at, end)))
            break;
    c->out.len = (size_t)(at - c->out.text);
    return i;
}

/* What the structs are to be; found for the first of them. False: parameters. */
static bool know_fields(vg_pg_copier *c, const vg_structs *from)
{
    if (c->as_text || c->out.failed)
        return false;
    if (!c->fields.count &&
        !vg__pg_fields_make(&c->fields, from, c->stmt->types, c->stmt->param_count))
        c->fields.count = -1;
    return c->fields.count > 0 && vg__buf_reserve(&c->out, PIECE);
}

static size_t copy_structs(vg_db *db, void *ctx, const vg_structs *from, int *rc)
{
    vg_pg_copier *c = ctx;
    size_t done = 0;
    while (*rc == VG_OK && done < from->count && know_fields(c, from)) {
        const char *rows = from->rows + done * c->fields.stride;
        bool fixed = c->fields.row_size && c->fields.row_size <= PIECE;
        size_t begun = c->out.len, left = from->count - done;
        size_t now = (fixed ? put_fixed : put_any)(c, rows, left);
        done += now;
        c->rows += (int64_t)now;
        if (now == left || (!now && !begun)) /* not even into an empty piece */
            break;
        *rc = send_piece(db, c);
    }
    return done;
}

static int copy_row(vg_db *db, void *ctx, const vg_param *params)
{
    vg_pg_copier *c = ctx;
    const vg_pg_params *p = &vg__pg_of(db)->params;
    int64_t line;
    c->laid = 0;
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
    vg_pg_copier *c = ctx;
    int64_t line = -1;
    bool in_copy = PQtransactionStatus(vg__pg_of(db)->conn) == PQTRANS_ACTIVE;
    if (in_copy)
        rc = end_rows(db, c, rc == VG_OK ? NULL : "given up", &line);
    *row = line > 0 && line <= c->rows ? c->before + line - 1 : -1;
    forget(db, c);
    return rc;
}

const vg_copying vg__pg_copying = {
    .begin = copy_begin,
    .row = copy_row,
    .structs = copy_structs,
    .end = copy_end,
    .out = vg__pg_copy_out,
    .in = vg__pg_copy_in,
    .options = {" (format csv, header)", "", " (format binary)"},
};
