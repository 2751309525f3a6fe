/* Decoding rows: straight into the caller's structs. How a column is read follows from its
 * type and the slot's kind, and is chosen once for a statement: the usual pairs have a reader
 * of their own, all others end in convert.c. When many rows are there they are read in blocks,
 * column by column, so that what a column needs is looked up once for a block.
 *
 * libpq has one call for each thing that can be asked of a value, and one is enough here: it
 * gives all NULLs of a result the same address, a fixed offset from the result's own, which is
 * learnt and checked when the connection is made (vg__pg_learn_null). */
#include "driver/postgres/rows.h"
#include "core/decode.h"
#include "driver/postgres/object.h"

enum {
    INT_8,
    INT_4,
    INT_2,
    REAL_8,
    BOOL_1,
    TIME_8,
    UUID_16,
    TEXT_PLAIN,
    TEXT_JSONB,
    NUMERIC_INT,
    ODD,
    NESTED
};

enum { BLOCK = 32 };

/* ---- which reader ---- */

bool vg__pg_is_known(Oid type)
{
    switch (type) {
    case VG_OID_BOOL:
    case VG_OID_BYTEA:
    case VG_OID_CHAR:
    case VG_OID_NAME:
    case VG_OID_INT8:
    case VG_OID_INT2:
    case VG_OID_INT4:
    case VG_OID_TEXT:
    case VG_OID_OID:
    case VG_OID_JSON:
    case VG_OID_XML:
    case VG_OID_FLOAT4:
    case VG_OID_FLOAT8:
    case VG_OID_UNKNOWN:
    case VG_OID_BPCHAR:
    case VG_OID_VARCHAR:
    case VG_OID_DATE:
    case VG_OID_TIMESTAMP:
    case VG_OID_TIMESTAMPTZ:
    case VG_OID_NUMERIC:
    case VG_OID_UUID:
    case VG_OID_VOID:
    case VG_OID_JSONB: return true;
    default: return vg__pg_is_object(type);
    }
}

bool vg__pg_fits(Oid type, const vg_slot *slot)
{
    if (!vg__pg_is_known(type))
        return true; /* it comes as text, and may be one */
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT: return vg__pg_type_is_number(type) || type == VG_OID_BOOL;
    case VG_SLOT_REAL: return vg__pg_type_is_number(type);
    case VG_SLOT_BOOL: return vg__pg_type_is_int(type) || type == VG_OID_BOOL;
    case VG_SLOT_TIME:
        return vg__pg_type_is_time(type) || vg__pg_type_is_text(type) ||
               type == VG_OID_INT8;
    case VG_SLOT_UUID:
        return type == VG_OID_UUID || type == VG_OID_BYTEA || vg__pg_type_is_text(type);
    case VG_SLOT_ENUM: return vg__pg_type_is_int(type) || vg__pg_type_is_text(type);
    default: return vg__pg_object_fits(type, slot);
    }
}

/* ---- values of any type as what a slot is ---- */

static vg_pg_reader reader_of(Oid type, const vg_slot *slot)
{
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT:
        return type == VG_OID_INT8      ? INT_8
               : type == VG_OID_INT4    ? INT_4
               : type == VG_OID_INT2    ? INT_2
               : type == VG_OID_NUMERIC ? NUMERIC_INT /* the sum of integers */
                                        : ODD;
    case VG_SLOT_REAL: return type == VG_OID_FLOAT8 ? REAL_8 : ODD;
    case VG_SLOT_BOOL: return type == VG_OID_BOOL ? BOOL_1 : ODD;
    case VG_SLOT_TEXT:
        return vg__pg_type_is_text(type) ? TEXT_PLAIN
               : type == VG_OID_JSONB    ? TEXT_JSONB
                                         : ODD;
    case VG_SLOT_TIME:
        return type == VG_OID_TIMESTAMPTZ || type == VG_OID_TIMESTAMP ? TIME_8 : ODD;
    case VG_SLOT_UUID: return type == VG_OID_UUID ? UUID_16 : ODD;
    default: return ODD;
    }
}

/* One reader for each slot. A row is nested only around columns, so there is room. */
static void choose_readers(vg_pg_stmt *s, const vg_plan *plan, bool null_is_known)
{
    int column = 0;
    s->nests = false;
    for (size_t i = 0; i < plan->slot_count && i < 2 * (size_t)s->column_count; i++) {
        const vg_slot *slot = &plan->slots[i];
        if (slot->kind == VG_SLOT_OPT_ROW) {
            s->readers[i] = NESTED;
            s->nests = true;
            continue;
        }
        Oid type = column < s->column_count ? s->columns[column++] : 0;
        s->readers[i] = null_is_known ? reader_of(type, slot) : ODD;
        if (s->text) /* all is text already; no other reader understands that */
            s->readers[i] =
                null_is_known && slot->kind == VG_SLOT_TEXT ? TEXT_PLAIN : ODD;
    }
    s->plan = plan;
}

/* ---- NULL ---- */

static uint32_t offset_of_null(const PGresult *result, int column)
{
    const char *value = PQgetvalue(result, 0, column);
    uintptr_t offset = (uintptr_t)value - (uintptr_t)result;
    bool null = value && PQgetisnull(result, 0, column);
    return null && offset < 4096 ? (uint32_t)offset : 0;
}

/* `result` is the server's, with a NULL in `column`; beside it one of our own. What they do
 * not agree on is not relied upon. */
void vg__pg_learn_null(vg_pg *pg, const PGresult *result, int column)
{
    PGresAttDesc description = {.name = (char[]){"v"}, .typlen = -1};
    PGresult *own = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    bool made = own && PQsetResultAttrs(own, 1, &description) &&
                PQsetvalue(own, 0, 0, NULL, -1) &&
                PQsetvalue(own, 1, 0, (char[]){"v"}, 1);
    uint32_t offset = made ? offset_of_null(result, column) : 0;
    bool same = offset && offset_of_null(own, 0) == offset &&
                PQgetvalue(own, 1, 0) != (const char *)own + offset;
    pg->null_offset = same ? offset : 0;
    PQclear(own);
}

/* ---- the usual ones: `count` rows of one column, a struct every `stride` bytes ---- */

/* `text` could not be copied, or is where libpq keeps the NULLs, and the empty texts that it
 * has copied. */
static int odd_text(const vg_pg_fetch *f, const vg_slot *slot, int row, int column,
                    const char *text, const char **out)
{
    *out = NULL;
    if (text == f->null && PQgetisnull(f->result, row, column))
        return slot->nullable ? VG_OK : vg__pg_fail_null(f, slot);
    if (!f->arena)
        return vg__pg_fail_arena(f, "text");
    if (text == f->null)
        *out = vg__arena_text(f->arena, "", 0);
    return *out ? VG_OK : vg__pg_fail_rows_memory(f);
}

static inline int text_at(const vg_pg_fetch *f, const vg_slot *slot, int row,
                          int column, char *at, int skip)
{
    const char *text = PQgetvalue(f->result, row, column), *copy;
    const char **out = (const char **)(void *)at;
    if (__builtin_expect(text != f->null && f->arena, 1)) {
        size_t len = (unsigned)(PQgetlength(f->result, row, column) - skip);
        copy = vg__arena_text(f->arena, text + skip, len);
        *out = copy;
        if (__builtin_expect(copy != NULL, 1))
            return VG_OK;
    }
    return odd_text(f, slot, row, column, text, out);
}

static int read_text(const vg_pg_fetch *f, const vg_slot *slot, int column, char *at,
                     int skip, int count)
{
    int rc = VG_OK;
    for (int row = f->row; rc == VG_OK && count--; row++, at += f->stride)
        rc = text_at(f, slot, row, column, at, skip);
    return rc;
}

/* Up to eight decimal digits, in groups of four; the others are for convert.c. */
static inline bool small_numeric(const char *p, int64_t *out)
{
    uint16_t digits = vg__pg_u16(p), weight = vg__pg_u16(p + 2);
    uint16_t sign = vg__pg_u16(p + 4);
    if (digits > 2 || weight > 1 || digits > weight + 1 || (sign & 0xbfff))
        return false;
    int64_t n = digits ? vg__pg_u16(p + 8) : 0;
    if (weight == 1)
        n = n * 10000 + (digits == 2 ? vg__pg_u16(p + 10) : 0);
    *out = sign ? -n : n;
    return true;
}

static int read_numeric_int(const vg_pg_fetch *f, const vg_slot *slot, int column,
                            char *at, int count)
{
    int rc = VG_OK;
    int64_t n;
    for (int row = f->row; rc == VG_OK && count--; row++, at += f->stride) {
        const char *p = PQgetvalue(f->result, row, column);
        if (p == f->null || !small_numeric(p, &n))
            rc = vg__pg_read_odd(f, slot, row, column, at);
        else if (slot->nullable)
            *(vg_opt_int *)(void *)at = (vg_opt_int){true, n};
        else
            *(int64_t *)(void *)at = n;
    }
    return rc;
}

static int read_odd(const vg_pg_fetch *f, const vg_slot *slot, int column, char *at,
                    int count)
{
    int rc = VG_OK;
    for (int row = f->row; rc == VG_OK && count--; row++, at += f->stride)
        rc = vg__pg_read_odd(f, slot, row, column, at);
    return rc;
}

/* Values of a fixed size into fields, or NULLs: of one row, and of some. */
#define FIXED(name, kind, c_type, expression)                                          \
    static inline int name##_at(const vg_pg_fetch *f, const vg_slot *slot, int row,    \
                                int column, char *at)                                  \
    {                                                                                  \
        const char *p = PQgetvalue(f->result, row, column);                            \
        if (slot->nullable)                                                            \
            *(vg_opt_##kind *)(void *)at =                                             \
                p != f->null ? (vg_opt_##kind){true, expression} : (vg_opt_##kind){0}; \
        else if (p != f->null)                                                         \
            *(c_type *)(void *)at = expression;                                        \
        else                                                                           \
            return vg__pg_fail_null(f, slot);                                          \
        return VG_OK;                                                                  \
    }                                                                                  \
                                                                                       \
    static int name(const vg_pg_fetch *f, const vg_slot *slot, int column, char *at,   \
                    int count)                                                         \
    {                                                                                  \
        const size_t stride = f->stride;                                               \
        const PGresult *result = f->result;                                            \
        const char *null = f->null;                                                    \
        if (slot->nullable) {                                                          \
            for (int row = f->row; count--; row++, at += stride) {                     \
                const char *p = PQgetvalue(result, row, column);                       \
                *(vg_opt_##kind *)(void *)at = p != null                               \
                                                   ? (vg_opt_##kind){true, expression} \
                                                   : (vg_opt_##kind){0};               \
            }                                                                          \
            return VG_OK;                                                              \
        }                                                                              \
        for (int row = f->row; count--; row++, at += stride) {                         \
            const char *p = PQgetvalue(result, row, column);                           \
            if (p == null)                                                             \
                return vg__pg_fail_null(f, slot);                                      \
            *(c_type *)(void *)at = expression;                                        \
        }                                                                              \
        return VG_OK;                                                                  \
    }

static inline double real_at(const char *p)
{
    uint64_t bits = vg__pg_u64(p);
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

static inline vg_uuid uuid_at(const char *p)
{
    vg_uuid uuid;
    memcpy(&uuid, p, sizeof uuid);
    return uuid;
}

/* PostgreSQL's range lies within ours but for its infinities. */
static inline vg_timestamp time_at(const char *p)
{
    int64_t n = (int64_t)vg__pg_u64(p);
    bool infinite = n == INT64_MAX || n == INT64_MIN;
    return (vg_timestamp){infinite ? n
                                   : (int64_t)((uint64_t)n + (uint64_t)VG_PG_EPOCH_US)};
}

FIXED(read_int8, int, int64_t, (int64_t)vg__pg_u64(p))
FIXED(read_int4, int, int64_t, (int32_t)vg__pg_u32(p))
FIXED(read_int2, int, int64_t, (int16_t)vg__pg_u16(p))
FIXED(read_real8, real, double, real_at(p))
FIXED(read_bool1, bool, bool, *p != 0)
FIXED(read_time8, time, vg_timestamp, time_at(p))
FIXED(read_uuid16, uuid, vg_uuid, uuid_at(p))

static inline int read_column(const vg_pg_fetch *f, vg_pg_reader reader,
                              const vg_slot *slot, int column, char *at, int count)
{
    switch (reader) {
    case INT_8: return read_int8(f, slot, column, at, count);
    case INT_4: return read_int4(f, slot, column, at, count);
    case INT_2: return read_int2(f, slot, column, at, count);
    case REAL_8: return read_real8(f, slot, column, at, count);
    case BOOL_1: return read_bool1(f, slot, column, at, count);
    case TIME_8: return read_time8(f, slot, column, at, count);
    case UUID_16: return read_uuid16(f, slot, column, at, count);
    case NUMERIC_INT: return read_numeric_int(f, slot, column, at, count);
    case TEXT_PLAIN: return read_text(f, slot, column, at, 0, count);
    case TEXT_JSONB: return read_text(f, slot, column, at, 1, count);
    default: return read_odd(f, slot, column, at, count);
    }
}

/* ---- rows ---- */

static int read_block(const vg_pg_fetch *f, char *rows, int count)
{
    const vg_pg_reader *reader = f->stmt->readers;
    const vg_slot *slot = f->plan->slots, *end = slot + f->plan->slot_count;
    int rc = VG_OK;
    for (int column = 0; slot < end && rc == VG_OK; slot++)
        rc = read_column(f, *reader++, slot, column++, rows + slot->offset, count);
    return rc;
}

/* The same for one row, with what most rows have most of by the shortest way. */
static int read_row(const vg_pg_fetch *f, char *row)
{
    const vg_pg_reader *reader = f->stmt->readers;
    const vg_slot *slot = f->plan->slots, *end = slot + f->plan->slot_count;
    int rc = VG_OK;
    for (int column = 0; slot < end && rc == VG_OK; slot++, column++, reader++) {
        char *at = row + slot->offset;
        switch (*reader) {
        case TEXT_PLAIN: rc = text_at(f, slot, f->row, column, at, 0); break;
        case INT_8: rc = read_int8_at(f, slot, f->row, column, at); break;
        case INT_4: rc = read_int4_at(f, slot, f->row, column, at); break;
        case INT_2: rc = read_int2_at(f, slot, f->row, column, at); break;
        case REAL_8: rc = read_real8_at(f, slot, f->row, column, at); break;
        case BOOL_1: rc = read_bool1_at(f, slot, f->row, column, at); break;
        case TIME_8: rc = read_time8_at(f, slot, f->row, column, at); break;
        case UUID_16: rc = read_uuid16_at(f, slot, f->row, column, at); break;
        default: rc = read_column(f, *reader, slot, column, at, 1);
        }
    }
    return rc;
}

static bool all_null(const vg_pg_fetch *f, int row, int from, int count)
{
    for (int i = from; i < from + count; i++)
        if (!PQgetisnull(f->result, row, i))
            return false;
    return true;
}

/* The nested rows of rows that stand together and all have one. */
static int read_nested(const vg_pg_fetch *f, const vg_slot *slot,
                       const vg_pg_reader *reader, int column, char *at, int count)
{
    const vg_slot *end = slot + 1 + slot->span;
    char *rows = vg__nested_room(slot, f->arena, (size_t)count);
    int rc = rows ? VG_OK : vg__pg_fail_rows_memory(f);
    vg_pg_fetch of_nested = *f;
    of_nested.stride = slot->size;
    for (int i = 0; rows && i < count; i++, at += f->stride)
        *(void **)(void *)at = rows + (size_t)i * slot->size;
    for (slot++; rc == VG_OK && slot < end; slot++)
        rc = read_column(&of_nested, *++reader, slot, column++, rows + slot->offset,
                         count);
    return rc;
}

/* Those of a block: a nested row is NULL when all of its columns are. */
static int read_nested_block(const vg_pg_fetch *f, const vg_slot *slot,
                             const vg_pg_reader *reader, int column, char *at,
                             int count)
{
    vg_pg_fetch some = *f;
    int rc = VG_OK, end = f->row + count;
    while (rc == VG_OK && some.row < end) {
        int row = some.row, n = 0;
        while (row < end && !all_null(f, row, column, slot->span))
            row++;
        n = row - some.row;
        if (n)
            rc = read_nested(&some, slot, reader, column, at, n);
        at += (size_t)n * f->stride;
        for (; row < end && all_null(f, row, column, slot->span); row++) {
            *(void **)(void *)at = NULL;
            at += f->stride;
        }
        some.row = row;
    }
    return rc;
}

static int read_nesting(const vg_pg_fetch *f, char *rows, int count)
{
    const vg_pg_reader *reader = f->stmt->readers;
    const vg_slot *slot = f->plan->slots, *end = slot + f->plan->slot_count;
    int rc = VG_OK, column = 0;
    for (; slot < end && rc == VG_OK; slot++, reader++) {
        char *at = rows + slot->offset;
        if (*reader != NESTED) {
            rc = read_column(f, *reader, slot, column++, at, count);
            continue;
        }
        rc = read_nested_block(f, slot, reader, column, at, count);
        column += slot->span;
        reader += slot->span;
        slot += slot->span;
    }
    return rc;
}

static vg_pg_fetch begin_fetch(vg_db *db, vg_pg_stmt *s, const vg_plan *plan,
                               vg_arena *arena)
{
    uint32_t offset = vg__pg_of(db)->null_offset;
    if (s->plan != plan)
        choose_readers(s, plan, offset != 0);
    return (vg_pg_fetch){.db = db,
                         .stmt = s,
                         .plan = plan,
                         .arena = arena,
                         .result = s->result,
                         .null = (const char *)s->result + offset,
                         .row = s->row,
                         .stride = plan->row_size};
}

int vg__pg_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
                 vg_arena *arena)
{
    vg_pg_stmt *s = native;
    vg_pg_fetch f = begin_fetch(db, s, plan, arena);
    return s->nests ? read_nesting(&f, row, 1) : read_row(&f, row);
}

/* How many rows there are behind the current one, without waiting for any. */
size_t vg__pg_row_count(void *native)
{
    const vg_pg_stmt *s = native;
    bool all = !s->streams && !s->error && s->row + 1 < s->rows;
    return all ? (size_t)(s->rows - s->row - 1) : 0;
}

int vg__pg_fetch_rows(vg_db *db, void *native, const vg_plan *plan, void *rows,
                      size_t count, vg_arena *arena)
{
    vg_pg_stmt *s = native;
    char *at = rows;
    int rc = VG_OK;
    s->row++;
    while (rc == VG_OK && count) {
        vg_pg_fetch f = begin_fetch(db, s, plan, arena);
        int block = count < BLOCK ? (int)count : BLOCK;
        rc = s->nests     ? read_nesting(&f, at, block)
             : block == 1 ? read_row(&f, at)
                          : read_block(&f, at, block);
        at += (size_t)block * plan->row_size;
        s->row += block;
        count -= (size_t)block;
    }
    return rc;
}
