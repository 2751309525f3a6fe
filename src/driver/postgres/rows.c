/* Decoding rows: column by column through the plan, straight into the caller's struct. The
 * server sends binary; what it is follows from the column's type. */
#include "driver/postgres/postgres.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct fetch {
    vg_db *db;
    vg_pg_stmt *stmt;
    const vg_plan *plan;
    vg_arena *arena;
} fetch;

static int fail_null(const fetch *f, const vg_slot *slot)
{
    const char *row = f->plan->shape ? f->plan->shape->name : NULL;
    if (!row)
        return vg__fail(f->db, VG_NULL_VALUE, f->stmt->sql,
                        "the value is NULL, but its type cannot hold one; select "
                        "NULLABLE(...) of it");
    return vg__fail_with(f->db, VG_NULL_VALUE, f->stmt->sql,
                         &(vg_details){.table = row, .column = slot->name},
                         "%s.%s is NULL, but the field cannot hold one; if that is "
                         "right (an outer join), say "
                         "FIELD(%s, NULLABLE(...)) or OPT_ROW",
                         row, slot->name, slot->name);
}

static int fail_value(const fetch *f, const vg_slot *slot, const char *what)
{
    const char *row = f->plan->shape ? f->plan->shape->name : NULL;
    if (!row)
        return vg__fail(f->db, VG_VALUE, f->stmt->sql, "the database holds %s", what);
    return vg__fail_with(f->db, VG_VALUE, f->stmt->sql,
                         &(vg_details){.table = row, .column = slot->name},
                         "%s.%s: the database holds %s", row, slot->name, what);
}

static int fail_memory(const fetch *f)
{
    return vg__fail(f->db, VG_NO_MEMORY, f->stmt->sql, "out of memory");
}

/* One value as it came. */
typedef struct cell {
    const char *data; /* NULL: SQL NULL */
    int len;
    Oid type;
} cell;

static cell cell_at(const fetch *f, int i)
{
    const PGresult *r = f->stmt->result;
    int row = f->stmt->row;
    if (PQgetisnull(r, row, i))
        return (cell){NULL, 0, 0};
    return (cell){PQgetvalue(r, row, i), PQgetlength(r, row, i), PQftype(r, i)};
}

static int64_t get_be(const char *data, int len)
{
    int64_t n = len && (data[0] & 0x80) ? -1 : 0;
    for (int i = 0; i < len; i++)
        n = (int64_t)((uint64_t)n << 8 | (uint8_t)data[i]);
    return n;
}

static double get_real(const char *data, int len)
{
    uint64_t bits = (uint64_t)get_be(data, len);
    double d;
    float f;
    uint32_t low = (uint32_t)bits;
    if (len == 4) {
        memcpy(&f, &low, sizeof f);
        return f;
    }
    memcpy(&d, &bits, sizeof d);
    return d;
}

static bool is_int(Oid type)
{
    return type == VG_OID_INT8 || type == VG_OID_INT4 || type == VG_OID_INT2 ||
           type == VG_OID_OID;
}

/* ---- numeric: groups of four digits ---- */

typedef struct numeric {
    int groups, weight, sign, scale;
    const char *digits;
} numeric;

static numeric numeric_of(const cell *c)
{
    return (numeric){(int)get_be(c->data, 2), (int)get_be(c->data + 2, 2),
                     (int)get_be(c->data + 4, 2) & 0xffff, (int)get_be(c->data + 6, 2),
                     c->data + 8};
}

static int group_at(const numeric *n, int i)
{
    return i >= 0 && i < n->groups ? (int)get_be(n->digits + 2 * i, 2) : 0;
}

static char *copied(char *at, const char *from, size_t len)
{
    memcpy(at, from, len);
    return at + len;
}

static char *put_group(char *at, int group, bool all)
{
    static const int tens[] = {1000, 100, 10, 1};
    for (int i = 0; i < 4; i++)
        if (all || group >= tens[i] || i == 3)
            *at++ = (char)('0' + group / tens[i] % 10);
    return at;
}

/* The text that PostgreSQL would write; `out` has room for it. */
static size_t numeric_text(const numeric *n, char *out)
{
    static const char nan[] = "NaN", infinity[] = "-Infinity";
    char *at = out;
    if (n->sign == 0xc000)
        at = copied(at, nan, sizeof nan - 1);
    else if (n->sign == 0xd000 || n->sign == 0xf000)
        at = n->sign == 0xf000 ? copied(at, infinity, sizeof infinity - 1)
                               : copied(at, infinity + 1, sizeof infinity - 2);
    if (at != out)
        return (size_t)(at - out);
    if (n->sign)
        *at++ = '-';
    if (n->weight < 0)
        *at++ = '0';
    for (int i = 0; i <= n->weight; i++)
        at = put_group(at, group_at(n, i), i > 0);
    if (n->scale > 0) {
        *at++ = '.';
        char *end = at + n->scale;
        for (int i = n->weight + 1; at < end; i++)
            at = put_group(at, group_at(n, i), true);
        at = end;
    }
    return (size_t)(at - out);
}

static size_t numeric_room(const numeric *n)
{
    int whole = n->weight < 0 ? 1 : (n->weight + 1) * 4;
    return (size_t)(whole + n->scale) + 16;
}

/* ---- slots ---- */

static int int_of(const fetch *f, const vg_slot *slot, const cell *c, int64_t *out)
{
    if (is_int(c->type)) {
        *out = get_be(c->data, c->len);
        if (c->type == VG_OID_OID)
            *out &= 0xffffffff;
        return VG_OK;
    }
    if (c->type == VG_OID_BOOL) {
        *out = c->data[0];
        return VG_OK;
    }
    if (c->type == VG_OID_NUMERIC) {
        numeric n = numeric_of(c);
        bool negative = n.sign == 0x4000;
        bool good = (n.sign == 0 || negative) && n.weight < 6;
        int64_t sum = 0;
        for (int i = 0; good && i <= n.weight; i++) {
            int group = group_at(&n, i);
            good = !__builtin_mul_overflow(sum, 10000, &sum) &&
                   !__builtin_add_overflow(sum, negative ? -group : group, &sum);
        }
        for (int i = n.weight + 1; i < n.groups; i++)
            good &= i < 0 || group_at(&n, i) == 0;
        if (good && n.weight >= -1) {
            *out = sum;
            return VG_OK;
        }
        if (good && !n.groups) {
            *out = 0;
            return VG_OK;
        }
        return fail_value(f, slot, "a number that is no integer of 64 bits");
    }
    if (c->type == VG_OID_FLOAT8 || c->type == VG_OID_FLOAT4) {
        double d = get_real(c->data, c->len);
        if (d >= -9223372036854775808.0 && d < 9223372036854775808.0 &&
            d == (double)(int64_t)d) {
            *out = (int64_t)d;
            return VG_OK;
        }
    }
    return fail_value(f, slot, "something that is no integer");
}

static int real_of(const fetch *f, const vg_slot *slot, const cell *c, double *out)
{
    char text[1100];
    if (c->type == VG_OID_FLOAT8 || c->type == VG_OID_FLOAT4) {
        *out = get_real(c->data, c->len);
        return VG_OK;
    }
    if (is_int(c->type)) {
        *out = (double)get_be(c->data, c->len);
        return VG_OK;
    }
    if (c->type == VG_OID_NUMERIC) {
        numeric n = numeric_of(c);
        if (numeric_room(&n) <= sizeof text) {
            text[numeric_text(&n, text)] = 0;
            *out = strtod(text, NULL);
            return VG_OK;
        }
    }
    return fail_value(f, slot, "something that is no number");
}

static int bool_of(const fetch *f, const vg_slot *slot, const cell *c, bool *out)
{
    if (c->type != VG_OID_BOOL && !is_int(c->type))
        return fail_value(f, slot, "something that is no boolean");
    *out = get_be(c->data, c->len) != 0;
    return VG_OK;
}

static int time_of(const fetch *f, const vg_slot *slot, const cell *c,
                   vg_timestamp *out)
{
    int64_t n = get_be(c->data, c->len);
    if (c->type == VG_OID_TIMESTAMPTZ || c->type == VG_OID_TIMESTAMP) {
        if (!__builtin_add_overflow(n, VG_PG_EPOCH_US, &out->us))
            return VG_OK;
    } else if (c->type == VG_OID_DATE) {
        if (!__builtin_mul_overflow(n + VG_PG_EPOCH_DAYS, VG_PG_DAY_US, &out->us))
            return VG_OK;
    } else if (vg_timestamp_parse(c->data, (size_t)c->len, out)) {
        return VG_OK;
    }
    return fail_value(f, slot, "something that is no time");
}

static int uuid_of(const fetch *f, const vg_slot *slot, const cell *c, vg_uuid *out)
{
    if (c->len == 16 && (c->type == VG_OID_UUID || c->type == VG_OID_BYTEA)) {
        memcpy(out, c->data, 16);
        return VG_OK;
    }
    return vg_uuid_parse(c->data, (size_t)c->len, out)
               ? VG_OK
               : fail_value(f, slot, "something that is no UUID");
}

/* The text of a value of any type, into the arena. */
static int text_of(const fetch *f, const vg_slot *slot, const cell *c, const char **out)
{
    char text[64];
    const char *data = c->data;
    size_t len = (size_t)c->len;
    int rc = VG_OK;
    if (!f->arena)
        return vg__fail(f->db, VG_MISUSE, f->stmt->sql,
                        "the row has text, but the arena is NULL");
    if (c->type == VG_OID_NUMERIC) {
        numeric n = numeric_of(c);
        char *room = vg__arena_alloc(f->arena, numeric_room(&n));
        if (!room)
            return fail_memory(f);
        len = numeric_text(&n, room);
        data = room;
    } else if (c->type == VG_OID_JSONB) {
        data++;
        len--;
    } else if (is_int(c->type)) {
        int64_t n = 0;
        rc = int_of(f, slot, c, &n);
        len = (size_t)snprintf(text, sizeof text, "%lld", (long long)n);
        data = text;
    } else if (c->type == VG_OID_UUID) {
        vg_uuid uuid;
        memcpy(&uuid, c->data, 16);
        data = vg_uuid_format(&uuid, text);
        len = 36;
    } else if (c->type == VG_OID_TIMESTAMPTZ || c->type == VG_OID_TIMESTAMP ||
               c->type == VG_OID_DATE) {
        vg_timestamp t = {0};
        rc = time_of(f, slot, c, &t);
        data = c->type == VG_OID_DATE ? vg_date_format(t, text)
                                      : vg_timestamp_format(t, text);
        len = strlen(text);
    }
    if (rc != VG_OK)
        return rc;
    *out = vg__arena_text(f->arena, data, len);
    return *out ? VG_OK : fail_memory(f);
}

static int blob_of(const fetch *f, const cell *c, vg_bytes *out)
{
    if (!f->arena)
        return vg__fail(f->db, VG_MISUSE, f->stmt->sql,
                        "the row has a blob, but the arena is NULL");
    void *copy = vg__arena_alloc(f->arena, c->len ? (size_t)c->len : 1);
    if (!copy)
        return fail_memory(f);
    memcpy(copy, c->data, (size_t)c->len);
    *out = (vg_bytes){copy, (size_t)c->len};
    return VG_OK;
}

static int enum_of(const fetch *f, const vg_slot *slot, const cell *c, int64_t *out)
{
    bool known = false;
    if (is_int(c->type)) {
        *out = get_be(c->data, c->len);
        known = slot->coder && vg_label_text(slot->coder, *out);
    } else if (slot->coder) {
        known = vg_label_value(slot->coder, c->data, (size_t)c->len, out);
    }
    return known ? VG_OK
                 : fail_value(f, slot, "something that is no value of the enum");
}

static void put_enum(const vg_slot *slot, char *at, int64_t n)
{
    if (slot->size == 4)
        *(int32_t *)(void *)at = (int32_t)n;
    else if (slot->size == 1)
        *(int8_t *)at = (int8_t)n;
    else if (slot->size == 2)
        *(int16_t *)(void *)at = (int16_t)n;
    else
        *(int64_t *)(void *)at = n;
}

static int read_custom(const fetch *f, const vg_slot *slot, const cell *c, char *at)
{
    char *out = at + (slot->nullable ? slot->coder->opt_offset : 0);
    memset(out, 0, slot->coder->size);
    if (slot->nullable)
        *(bool *)at = c->data != NULL;
    if (!c->data)
        return VG_OK;
    vg_value stored;
    int64_t n = 0;
    if (is_int(c->type) && int_of(f, slot, c, &n) == VG_OK)
        stored = vg_of_int(n);
    else if (c->type == VG_OID_FLOAT8 || c->type == VG_OID_FLOAT4)
        stored = vg_of_real(get_real(c->data, c->len));
    else if (c->type == VG_OID_BYTEA)
        stored = vg_of_bytes((vg_bytes){c->data, (size_t)c->len});
    else
        stored = vg_of_str((vg_str){c->data, (size_t)c->len});
    return slot->coder->decode(out, stored, f->arena)
               ? VG_OK
               : fail_value(f, slot, "something that its codec cannot read");
}

/* A field that may be NULL is { has, v } or, of text and blobs, a NULL pointer. */
#define READ(kind, c_type, of)                                                      \
    if (slot->nullable) {                                                           \
        *(vg_opt_##kind *)(void *)at = (vg_opt_##kind){.has = c.data != NULL};      \
        return c.data ? of(f, slot, &c, &((vg_opt_##kind *)(void *)at)->v) : VG_OK; \
    }                                                                               \
    return of(f, slot, &c, (c_type *)(void *)at)

static int read_slot(const fetch *f, const vg_slot *slot, int column, char *at)
{
    cell c = cell_at(f, column);
    int64_t n = 0;
    if (!c.data && !slot->nullable)
        return fail_null(f, slot);
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT: READ(int, int64_t, int_of);
    case VG_SLOT_REAL: READ(real, double, real_of);
    case VG_SLOT_BOOL: READ(bool, bool, bool_of);
    case VG_SLOT_TIME: READ(time, vg_timestamp, time_of);
    case VG_SLOT_UUID: READ(uuid, vg_uuid, uuid_of);
    case VG_SLOT_TEXT:
        *(const char **)(void *)at = NULL;
        return c.data ? text_of(f, slot, &c, (const char **)(void *)at) : VG_OK;
    case VG_SLOT_BLOB:
        *(vg_bytes *)(void *)at = (vg_bytes){NULL, 0};
        return c.data ? blob_of(f, &c, (vg_bytes *)(void *)at) : VG_OK;
    case VG_SLOT_ENUM:
        if (c.data && enum_of(f, slot, &c, &n) != VG_OK)
            return f->db->error.code;
        if (slot->nullable)
            *(vg_opt_int *)(void *)at = (vg_opt_int){c.data != NULL, n};
        else
            put_enum(slot, at, n);
        return VG_OK;
    default: return read_custom(f, slot, &c, at);
    }
}

static bool all_null(const fetch *f, int from, int count)
{
    for (int i = from; i < from + count; i++)
        if (!PQgetisnull(f->stmt->result, f->stmt->row, i))
            return false;
    return true;
}

int vg__pg_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
                 vg_arena *arena)
{
    fetch f = {db, native, plan, arena};
    char *base = row;
    int rc = VG_OK, column = 0, nested = 0;
    const vg_slot *end = plan->slots + plan->slot_count;
    for (const vg_slot *slot = plan->slots; slot < end && rc == VG_OK; slot++) {
        if (nested && nested-- == 1)
            base = row;
        char *at = base + slot->offset;
        if (slot->kind != VG_SLOT_OPT_ROW) {
            rc = read_slot(&f, slot, column++, at);
            continue;
        }
        base = NULL;
        if (all_null(&f, column, slot->span)) {
            column += slot->span;
            slot += slot->span;
            base = row;
        } else if (!(base = arena ? vg__arena_alloc(arena, slot->size) : NULL)) {
            rc = fail_memory(&f);
        } else {
            nested = slot->span + 1;
        }
        *(void **)(void *)at = base == row ? NULL : base;
    }
    return rc;
}
