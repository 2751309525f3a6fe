/* Times of day, intervals and points; and the text of any value in binary. */
#include "driver/postgres/object.h"
#include <stdio.h>

bool vg__pg_is_object(Oid type)
{
    return type == VG_OID_POINT || type == VG_OID_TIME || type == VG_OID_INTERVAL ||
           type == VG_OID_TIMETZ || vg__pg_element_of(type);
}

static bool is_text(Oid type)
{
    return type == VG_OID_TEXT || type == VG_OID_VARCHAR || type == VG_OID_BPCHAR;
}

bool vg__pg_object_fits(Oid type, const vg_slot *slot)
{
    Oid element = vg__pg_element_of(type);
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_DAYTIME:
        return type == VG_OID_TIME || type == VG_OID_TIMETZ || is_text(type);
    case VG_SLOT_INTERVAL: return type == VG_OID_INTERVAL || is_text(type);
    case VG_SLOT_POINT: return type == VG_OID_POINT || is_text(type);
    case VG_SLOT_TEXT_ARRAY: return element || is_text(type);
    case VG_SLOT_INT_ARRAY:
    case VG_SLOT_REAL_ARRAY:
    case VG_SLOT_BOOL_ARRAY:
    case VG_SLOT_BLOB_ARRAY:
    case VG_SLOT_TIME_ARRAY:
    case VG_SLOT_UUID_ARRAY: {
        /* Each but TEXT_ARRAY stands right behind the slot of its elements' kind. */
        static const uint8_t of[] = {
            [VG_SLOT_INT_ARRAY] = VG_SLOT_INT,   [VG_SLOT_REAL_ARRAY] = VG_SLOT_REAL,
            [VG_SLOT_BOOL_ARRAY] = VG_SLOT_BOOL, [VG_SLOT_BLOB_ARRAY] = VG_SLOT_BLOB,
            [VG_SLOT_TIME_ARRAY] = VG_SLOT_TIME, [VG_SLOT_UUID_ARRAY] = VG_SLOT_UUID};
        vg_slot one = {.kind = of[slot->kind]};
        return element ? vg__pg_fits(element, &one) : is_text(type);
    }
    default: return true;
    }
}

/* ---- binary, once its length is right ---- */

static vg_daytime daytime_at(const char *p, Oid type)
{
    vg_daytime t = {(int64_t)vg__pg_u64(p), 0};
    if (type == VG_OID_TIMETZ) /* seconds west */
        t.zone = -(int32_t)vg__pg_u32(p + 8);
    return t;
}

static vg_interval interval_at(const char *p)
{
    return (vg_interval){.us = (int64_t)vg__pg_u64(p),
                         .days = (int32_t)vg__pg_u32(p + 8),
                         .months = (int32_t)vg__pg_u32(p + 12)};
}

static vg_point point_at(const char *p)
{
    return (vg_point){vg__pg_real_of(vg__pg_u64(p)), vg__pg_real_of(vg__pg_u64(p + 8))};
}

static bool has_length(Oid type, size_t len)
{
    return len == (type == VG_OID_TIME ? 8 : type == VG_OID_TIMETZ ? 12 : 16);
}

int vg__pg_read_object(vg_arena *arena, vg_slot_kind kind, const vg_pg_cell *c,
                       void *out)
{
    bool text = !c->type || is_text(c->type);
    bool good = false;
    if (kind >= VG_SLOT_INT_ARRAY)
        return vg__pg_read_array(arena, kind, c, out);
    if (text) {
        good = kind == VG_SLOT_DAYTIME    ? vg_daytime_parse(c->data, c->len, out)
               : kind == VG_SLOT_INTERVAL ? vg_interval_parse(c->data, c->len, out)
                                          : vg_point_parse(c->data, c->len, out);
        return good ? VG_OK : VG_VALUE;
    }
    if (!has_length(c->type, c->len))
        return VG_VALUE;
    if (kind == VG_SLOT_DAYTIME)
        *(vg_daytime *)out = daytime_at(c->data, c->type);
    else if (kind == VG_SLOT_INTERVAL)
        *(vg_interval *)out = interval_at(c->data);
    else
        *(vg_point *)out = point_at(c->data);
    return VG_OK;
}

/* ---- the text of a value in binary ---- */

static int64_t int_at(const char *p, size_t len)
{
    return len == 8   ? (int64_t)vg__pg_u64(p)
           : len == 4 ? (int32_t)vg__pg_u32(p)
           : len == 2 ? (int16_t)vg__pg_u16(p)
                      : *p;
}

static const char *infinity_of(int64_t n, int64_t most, int64_t least)
{
    return n == most ? "infinity" : n == least ? "-infinity" : NULL;
}

static void put_word(char *room, const char *word)
{
    memcpy(room, word, strlen(word) + 1);
}

static void time_text(char *room, int64_t n)
{
    const char *infinite = infinity_of(n, INT64_MAX, INT64_MIN);
    if (infinite)
        put_word(room, infinite);
    else
        vg_timestamp_format((vg_timestamp){n + VG_PG_EPOCH_US}, room);
}

static void date_text(char *room, int64_t days)
{
    const char *infinite = infinity_of(days, INT32_MAX, INT32_MIN);
    if (infinite)
        put_word(room, infinite);
    else
        vg_date_format((vg_timestamp){(days + VG_PG_EPOCH_DAYS) * VG_PG_DAY_US}, room);
}

/* Of what has a length of its own; false: it has another one. */
static bool fixed_text(char room[VG_INTERVAL_ROOM], Oid type, const char *p, size_t len)
{
    static const struct {
        Oid type;
        size_t len;
    } lengths[] = {{VG_OID_BOOL, 1},        {VG_OID_INT2, 2},   {VG_OID_INT4, 4},
                   {VG_OID_INT8, 8},        {VG_OID_OID, 4},    {VG_OID_FLOAT4, 4},
                   {VG_OID_FLOAT8, 8},      {VG_OID_UUID, 16},  {VG_OID_DATE, 4},
                   {VG_OID_TIMESTAMP, 8},   {VG_OID_TIME, 8},   {VG_OID_TIMETZ, 12},
                   {VG_OID_TIMESTAMPTZ, 8}, {VG_OID_POINT, 16}, {VG_OID_INTERVAL, 16}};
    size_t i = 0, count = sizeof lengths / sizeof *lengths;
    vg_uuid uuid;
    uint32_t bits;
    float f;
    while (i < count && lengths[i].type != type)
        i++;
    if (i == count || lengths[i].len != len)
        return false;
    switch (type) {
    case VG_OID_BOOL: put_word(room, *p ? "true" : "false"); break;
    case VG_OID_OID: snprintf(room, VG_INTERVAL_ROOM, "%u", vg__pg_u32(p)); break;
    case VG_OID_FLOAT8:
        vg__pg_real_text(vg__pg_real_of(vg__pg_u64(p)), room, VG_INTERVAL_ROOM);
        break;
    case VG_OID_FLOAT4:
        bits = vg__pg_u32(p);
        memcpy(&f, &bits, sizeof f);
        vg__pg_real_text((double)f, room, VG_INTERVAL_ROOM);
        break;
    case VG_OID_UUID:
        memcpy(&uuid, p, 16);
        vg_uuid_format(&uuid, room);
        break;
    case VG_OID_DATE: date_text(room, int_at(p, 4)); break;
    case VG_OID_TIMESTAMP:
    case VG_OID_TIMESTAMPTZ: time_text(room, int_at(p, 8)); break;
    case VG_OID_TIME:
    case VG_OID_TIMETZ:
        vg_daytime_format(daytime_at(p, type), type == VG_OID_TIMETZ, room);
        break;
    case VG_OID_POINT: vg_point_format(point_at(p), room); break;
    case VG_OID_INTERVAL: vg_interval_format(interval_at(p), room); break;
    default: snprintf(room, VG_INTERVAL_ROOM, "%lld", (long long)int_at(p, len)); break;
    }
    return true;
}

static int copied(vg_arena *arena, const char *text, size_t len, vg_str *out)
{
    char *copy = vg_arena_alloc(arena, len + 1);
    if (!copy)
        return VG_NO_MEMORY;
    memcpy(copy, text, len);
    copy[len] = 0;
    *out = (vg_str){copy, len};
    return VG_OK;
}

static int hex_text(vg_arena *arena, const char *p, size_t len, vg_str *out)
{
    static const char digits[] = "0123456789abcdef";
    char *room = vg_arena_alloc(arena, 2 * len + 3), *at = room;
    if (!room)
        return VG_NO_MEMORY;
    *at++ = '\\';
    *at++ = 'x';
    for (size_t i = 0; i < len; i++) {
        *at++ = digits[(uint8_t)p[i] >> 4];
        *at++ = digits[p[i] & 15];
    }
    *at = 0;
    *out = (vg_str){room, 2 * len + 2};
    return VG_OK;
}

int vg__pg_text_of(vg_arena *arena, Oid type, const char *data, size_t len, vg_str *out)
{
    char room[VG_INTERVAL_ROOM];
    if (vg__pg_element_of(type))
        return vg__pg_text_of_array(arena, data, len, out);
    if (type == VG_OID_BYTEA)
        return hex_text(arena, data, len, out);
    if (type == VG_OID_JSONB)
        return len ? copied(arena, data + 1, len - 1, out) : VG_VALUE;
    if (type == VG_OID_NUMERIC) {
        char *text =
            len < 8 ? NULL : vg_arena_alloc(arena, vg__pg_numeric_room(data, (int)len));
        if (!text)
            return len < 8 ? VG_VALUE : VG_NO_MEMORY;
        *out = (vg_str){text, vg__pg_numeric_text(data, (int)len, text)};
        return VG_OK;
    }
    if (is_text(type) || type == VG_OID_JSON || type == VG_OID_NAME ||
        type == VG_OID_XML)
        return copied(arena, data, len, out);
    return fixed_text(room, type, data, len) ? copied(arena, room, strlen(room), out)
                                             : VG_VALUE;
}

/* ---- parameters ---- */

/* The text of an object's value; NULL: of none. */
static char *object_text(vg_value v, bool zone, char room[VG_INTERVAL_ROOM])
{
    switch (vg_value_kind_of(v)) {
    case VG_V_DAYTIME: return vg_daytime_format(*(const vg_daytime *)v.p, zone, room);
    case VG_V_INTERVAL: return vg_interval_format(*(const vg_interval *)v.p, room);
    default: return vg_point_format(*(const vg_point *)v.p, room);
    }
}

static bool good_daytime(const vg_daytime *t)
{
    return t->us >= 0 && t->us <= VG_PG_DAY_US && t->zone > -16 * 3600 &&
           t->zone < 16 * 3600;
}

int vg__pg_send_object(vg_arena *arena, vg_value v, Oid type, char *own,
                       vg_pg_sent *out)
{
    char room[VG_INTERVAL_ROOM];
    vg_str text;
    vg_value_kind kind = vg_value_kind_of(v);
    if (kind >= VG_V_INT_ARRAY)
        return vg__pg_send_array(arena, v, type, out);
    if (kind == VG_V_DAYTIME && !good_daytime(v.p))
        return VG_VALUE;
    *out = (vg_pg_sent){own, 16, true};
    if (kind == VG_V_DAYTIME && (type == VG_OID_TIME || type == VG_OID_TIMETZ)) {
        const vg_daytime *t = v.p;
        vg__pg_put64(own, (uint64_t)t->us);
        vg__pg_put32(own + 8, (uint32_t)-t->zone);
        out->len = type == VG_OID_TIME ? 8 : 12;
    } else if (kind == VG_V_INTERVAL && type == VG_OID_INTERVAL) {
        const vg_interval *i = v.p;
        vg__pg_put64(own, (uint64_t)i->us);
        vg__pg_put32(own + 8, (uint32_t)i->days);
        vg__pg_put32(own + 12, (uint32_t)i->months);
    } else if (kind == VG_V_POINT && type == VG_OID_POINT) {
        const vg_point *p = v.p;
        vg__pg_put64(own, vg__pg_bits_of(p->x));
        vg__pg_put64(own + 8, vg__pg_bits_of(p->y));
    } else {
        object_text(v, type == VG_OID_TIMETZ, room);
        int rc = copied(arena, room, strlen(room), &text);
        if (rc != VG_OK)
            return rc;
        *out = (vg_pg_sent){text.ptr, text.len, false};
    }
    return VG_OK;
}
