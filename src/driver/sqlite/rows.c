/* Decoding rows: column by column through the plan, straight into the caller's struct.
 *
 * Columns are read through sqlite3_column_value, one look-up for the value, its type and
 * its length; a REAL is read directly, and only a zero is asked whether it was a NULL. */
#include "core/decode.h"
#include "driver/sqlite/sqlite.h"

typedef struct fetch {
    vg_db *db;
    sqlite3_stmt *stmt;
    const vg_plan *plan;
    vg_arena *arena;
} fetch;

static int fail_null(const fetch *f, const vg_slot *slot)
{
    return vg__decode_null(f->db, sqlite3_sql(f->stmt), f->plan, slot);
}

static int fail_value(const fetch *f, const vg_slot *slot, const char *what)
{
    return vg__decode_value(f->db, sqlite3_sql(f->stmt), f->plan, slot, what);
}

static int fail_memory(const fetch *f)
{
    return vg__decode_memory(f->db, sqlite3_sql(f->stmt));
}

static int fail_arena(const fetch *f, const char *what)
{
    return vg__decode_arena(f->db, sqlite3_sql(f->stmt), what);
}

/* Of a type that SQLite has not. */
static int fail_native(const fetch *f, const vg_slot *slot)
{
    return vg__fail(f->db, VG_UNSUPPORTED, sqlite3_sql(f->stmt),
                    "%s has a type that SQLite does not have",
                    slot->name ? slot->name : "the value");
}

/* A zero: NULL, a text that is no number, or a real zero. `has` NULL: NOT NULL. */
static int check_zero(const fetch *f, int i, const vg_slot *slot, bool *has)
{
    int type = sqlite3_column_type(f->stmt, i);
    if (type == SQLITE_NULL) {
        if (!has)
            return fail_null(f, slot);
        *has = false;
        return VG_OK;
    }
    if (type == SQLITE_TEXT || type == SQLITE_BLOB)
        return fail_value(f, slot, "text where a number belongs");
    return VG_OK;
}

static int read_text(const fetch *f, int i, const vg_slot *slot, const char **out)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    const char *text = (const char *)sqlite3_value_text(v);
    if (!text) {
        *out = NULL;
        if (sqlite3_value_type(v) != SQLITE_NULL)
            return fail_memory(f);
        return slot->nullable ? VG_OK : fail_null(f, slot);
    }
    if (!f->arena)
        return fail_arena(f, "text");
    *out = vg__arena_text(f->arena, text, (size_t)sqlite3_value_bytes(v));
    return *out ? VG_OK : fail_memory(f);
}

static int read_blob(const fetch *f, int i, const vg_slot *slot, vg_bytes *out)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    const void *data = sqlite3_value_blob(v);
    *out = (vg_bytes){NULL, 0};
    if (!data && sqlite3_value_type(v) == SQLITE_NULL)
        return slot->nullable ? VG_OK : fail_null(f, slot);
    size_t len = (size_t)sqlite3_value_bytes(v);
    if (!data && len)
        return fail_memory(f);
    if (!f->arena)
        return fail_arena(f, "a blob");
    void *copy = vg__arena_alloc(f->arena, len ? len : 1);
    if (!copy)
        return fail_memory(f);
    if (len)
        memcpy(copy, data, len);
    *out = (vg_bytes){copy, len};
    return VG_OK;
}

/* Texts are times whatever the mode, so that a column may change its mode. */
static int time_of(const fetch *f, int i, const vg_slot *slot, vg_timestamp *out,
                   bool *null)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    int type = sqlite3_value_type(v);
    *null = type == SQLITE_NULL;
    if (type == SQLITE_TEXT) {
        const char *text = (const char *)sqlite3_value_text(v);
        if (!text)
            return fail_memory(f);
        if (!vg_timestamp_parse(text, (size_t)sqlite3_value_bytes(v), out))
            return fail_value(f, slot, "text that is no ISO 8601 time");
        return VG_OK;
    }
    if (!vg__time_of_int(sqlite3_value_int64(v), slot, out))
        return fail_value(f, slot, "a time that is out of range");
    return VG_OK;
}

static int read_time(const fetch *f, int i, const vg_slot *slot, char *at)
{
    vg_timestamp t = {0};
    bool null;
    int rc = time_of(f, i, slot, &t, &null);
    if (rc != VG_OK)
        return rc;
    if (slot->nullable)
        *(vg_opt_time *)(void *)at = (vg_opt_time){!null, t};
    else if (null)
        return fail_null(f, slot);
    else
        *(vg_timestamp *)(void *)at = t;
    return VG_OK;
}

static int read_uuid(const fetch *f, int i, const vg_slot *slot, char *at)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    vg_uuid uuid = {{0}};
    int type = sqlite3_value_type(v);
    if (type == SQLITE_BLOB && sqlite3_value_bytes(v) == 16) {
        memcpy(&uuid, sqlite3_value_blob(v), 16);
    } else if (type != SQLITE_NULL) {
        const char *text = (const char *)sqlite3_value_text(v);
        if (!text)
            return fail_memory(f);
        if (!vg_uuid_parse(text, (size_t)sqlite3_value_bytes(v), &uuid))
            return fail_value(f, slot, "something that is no UUID");
    }
    if (slot->nullable)
        *(vg_opt_uuid *)(void *)at = (vg_opt_uuid){type != SQLITE_NULL, uuid};
    else if (type == SQLITE_NULL)
        return fail_null(f, slot);
    else
        *(vg_uuid *)(void *)at = uuid;
    return VG_OK;
}

/* What SQLite holds is no integer: NULL, a whole number as REAL, or a mistake. */
static int odd_int(const fetch *f, int i, const vg_slot *slot, int64_t *n, bool *has)
{
    if (sqlite3_column_type(f->stmt, i) != SQLITE_FLOAT)
        return check_zero(f, i, slot, has);
    if (!vg__int_of_real(sqlite3_column_double(f->stmt, i), n))
        return fail_value(f, slot, "a number with a fraction where an integer belongs");
    return VG_OK;
}

static int read_int(const fetch *f, int i, const vg_slot *slot, char *at)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    int64_t n = sqlite3_value_int64(v);
    bool odd = sqlite3_value_type(v) != SQLITE_INTEGER;
    if (!slot->nullable) {
        *(int64_t *)(void *)at = n;
        return odd ? odd_int(f, i, slot, (int64_t *)(void *)at, NULL) : VG_OK;
    }
    vg_opt_int *opt = (vg_opt_int *)(void *)at;
    *opt = (vg_opt_int){true, n};
    return odd ? odd_int(f, i, slot, &opt->v, &opt->has) : VG_OK;
}

static int read_real(const fetch *f, int i, const vg_slot *slot, char *at)
{
    double d = sqlite3_column_double(f->stmt, i);
    if (!slot->nullable) {
        *(double *)(void *)at = d;
        return d != 0 ? VG_OK : check_zero(f, i, slot, NULL);
    }
    vg_opt_real *opt = (vg_opt_real *)(void *)at;
    *opt = (vg_opt_real){true, d};
    return d != 0 ? VG_OK : check_zero(f, i, slot, &opt->has);
}

static int read_bool(const fetch *f, int i, const vg_slot *slot, char *at)
{
    bool b = sqlite3_column_int64(f->stmt, i) != 0;
    if (!slot->nullable) {
        *(bool *)at = b;
        return b ? VG_OK : check_zero(f, i, slot, NULL);
    }
    vg_opt_bool *opt = (vg_opt_bool *)(void *)at;
    *opt = (vg_opt_bool){true, b};
    return b ? VG_OK : check_zero(f, i, slot, &opt->has);
}

static int read_enum(const fetch *f, int i, const vg_slot *slot, char *at)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    int type = sqlite3_value_type(v);
    int64_t n = sqlite3_value_int64(v);
    const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_value_text(v) : NULL;
    if (type == SQLITE_TEXT && !text)
        return fail_memory(f);
    if (type == SQLITE_NULL && !slot->nullable)
        return fail_null(f, slot);
    bool known =
        slot->coder && text
            ? vg_label_value(slot->coder, text, (size_t)sqlite3_value_bytes(v), &n)
        : slot->coder ? type == SQLITE_NULL || vg_label_text(slot->coder, n)
                      : false;
    if (!known)
        return fail_value(f, slot, "something that is no value of the enum");
    if (slot->nullable)
        *(vg_opt_int *)(void *)at = (vg_opt_int){type != SQLITE_NULL, n};
    else
        vg__put_enum(slot, at, n);
    return VG_OK;
}

/* The value as the database has it; texts and bytes stay SQLite's. */
static vg_value stored_value(sqlite3_value *v)
{
    const void *p;
    switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER: return vg_of_int(sqlite3_value_int64(v));
    case SQLITE_FLOAT: return vg_of_real(sqlite3_value_double(v));
    case SQLITE_BLOB:
        p = sqlite3_value_blob(v);
        return vg_of_bytes((vg_bytes){p ? p : "", (size_t)sqlite3_value_bytes(v)});
    default:
        p = sqlite3_value_text(v);
        return vg_of_str((vg_str){p, (size_t)sqlite3_value_bytes(v)});
    }
}

static int read_custom(const fetch *f, int i, const vg_slot *slot, char *at)
{
    sqlite3_value *v = sqlite3_column_value(f->stmt, i);
    bool null = sqlite3_value_type(v) == SQLITE_NULL;
    if (null && !slot->nullable)
        return fail_null(f, slot);
    char *out = vg__custom_room(slot, at, null);
    if (null)
        return VG_OK;
    vg_value stored = stored_value(v);
    if (vg_value_kind_of(stored) == VG_V_TEXT && !stored.s)
        return fail_memory(f);
    return slot->coder->decode(out, stored, f->arena)
               ? VG_OK
               : fail_value(f, slot, "something that its codec cannot read");
}

static bool all_null(const fetch *f, int from, int count)
{
    for (int i = from; i < from + count; i++)
        if (sqlite3_column_type(f->stmt, i) != SQLITE_NULL)
            return false;
    return true;
}

int vg__sqlite_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
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
        switch ((vg_slot_kind)slot->kind) {
        case VG_SLOT_INT: rc = read_int(&f, column++, slot, at); break;
        case VG_SLOT_REAL: rc = read_real(&f, column++, slot, at); break;
        case VG_SLOT_BOOL: rc = read_bool(&f, column++, slot, at); break;
        case VG_SLOT_TEXT:
            rc = read_text(&f, column++, slot, (const char **)(void *)at);
            break;
        case VG_SLOT_BLOB:
            rc = read_blob(&f, column++, slot, (vg_bytes *)(void *)at);
            break;
        case VG_SLOT_TIME: rc = read_time(&f, column++, slot, at); break;
        case VG_SLOT_UUID: rc = read_uuid(&f, column++, slot, at); break;
        case VG_SLOT_ENUM: rc = read_enum(&f, column++, slot, at); break;
        case VG_SLOT_CUSTOM: rc = read_custom(&f, column++, slot, at); break;
        case VG_SLOT_DAYTIME:
        case VG_SLOT_INTERVAL:
        case VG_SLOT_POINT:
        case VG_SLOT_INT_ARRAY:
        case VG_SLOT_REAL_ARRAY:
        case VG_SLOT_BOOL_ARRAY:
        case VG_SLOT_TEXT_ARRAY:
        case VG_SLOT_BLOB_ARRAY:
        case VG_SLOT_TIME_ARRAY:
        case VG_SLOT_UUID_ARRAY: rc = fail_native(&f, slot); break;
        case VG_SLOT_OPT_ROW:
            base = NULL;
            if (all_null(&f, column, slot->span)) {
                column += slot->span;
                slot += slot->span;
                base = row;
            } else if (!(base = vg__nested_room(slot, arena, 1))) {
                rc = fail_memory(&f);
            } else {
                nested = slot->span + 1;
            }
            *(void **)(void *)at = base == row ? NULL : base;
            break;
        }
    }
    return rc;
}
