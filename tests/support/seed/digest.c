#include "digest.h"
#include "seed/seed.h"
#include <string.h>

static uint64_t mix(uint64_t hash, const void *data, size_t len)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    return text ? mix(hash, text, strlen(text) + 1) : mix(hash, "\1", 1);
}

static uint64_t mix_int(uint64_t hash, int64_t n)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)n >> 8 * i);
    return mix(hash, bytes, 8);
}

/* Numbers by their millionths: enough for what generators make. */
static uint64_t mix_real(uint64_t hash, double d)
{
    return mix_int(hash, (int64_t)(d * 1000000 + (d < 0 ? -0.5 : 0.5)));
}

static uint64_t mix_array(uint64_t hash, const vg_column *c, const vg_int_array *a)
{
    for (size_t i = 0; i < a->len; i++)
        switch (c->sql_class) {
        case VG_K_int_array_expr:
        case VG_K_time_array_expr: hash = mix_int(hash, a->data[i]); break;
        case VG_K_real_array_expr:
            hash = mix_real(hash, ((const double *)(const void *)a->data)[i]);
            break;
        case VG_K_bool_array_expr:
            hash = mix_int(hash, ((const bool *)(const void *)a->data)[i]);
            break;
        case VG_K_uuid_array_expr:
            hash = mix(hash, &((const vg_uuid *)(const void *)a->data)[i], 16);
            break;
        default: hash = mix_text(hash, ((const char *const *)(const void *)a->data)[i]);
        }
    return hash;
}

/* "1.50" is 1.5, which is all that SQLite keeps of it. */
static uint64_t mix_numeric(uint64_t hash, const char *text)
{
    size_t len = strlen(text);
    while (strchr(text, '.') && len && text[len - 1] == '0')
        len--;
    if (len && text[len - 1] == '.')
        len--;
    return mix(hash, text, len);
}

static uint64_t mix_cell(uint64_t hash, const vg_column *c, const void *member)
{
    vgs_cell cell = {0};
    vgs_read(member, c, &cell);
    if (cell.null)
        return mix(hash, "\2", 1);
    switch (c->sql_class) {
    case VG_K_real: return mix_real(hash, cell.d);
    case VG_K_numeric: return mix_numeric(hash, cell.bytes.data);
    case VG_K_uuid_expr: return mix(hash, cell.uuid.bytes, 16);
    case VG_K_blob: return mix(hash, cell.bytes.data, cell.bytes.len);
    case VG_K_daytime_expr: return mix_int(hash, cell.daytime.us);
    case VG_K_interval_expr:
        return mix_int(mix_int(mix_int(hash, cell.interval.months), cell.interval.days),
                       cell.interval.us);
    case VG_K_point_expr: return mix_real(mix_real(hash, cell.point.x), cell.point.y);
    case VG_K_int:
    case VG_K_predicate:
    case VG_K_time:
    case VG_K_enum_expr: return mix_int(hash, cell.i);
    default:
        return c->type == VG_TYPE_ARRAY ? mix_array(hash, c, &cell.array)
                                        : mix_text(hash, cell.bytes.data);
    }
}

static uint64_t digest_row(const vg_shape *shape, const char *row)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < shape->column_count; i++)
        hash = mix_cell(hash, &shape->columns[i], row + shape->columns[i].offset);
    return hash;
}

uint64_t table_digest(vg_db *db, const vg_shape *shape)
{
    vg_arena arena = {0};
    struct {
        char *data;
        size_t len;
    } list;
    vg_clause select = vg_select(NULL, shape);
    check_ok(db, vg_run_all(db, &arena, &list, VG_HERE, &select, 1));
    uint64_t sum = list.len;
    for (size_t i = 0; i < list.len; i++) /* in whichever order they come */
        sum += vgs_mix(digest_row(shape, list.data + i * shape->row_size));
    vg_arena_free(&arena);
    return sum;
}

uint64_t schema_digest(vg_db *db, const vg_schema *schema)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < schema->table_count; i++)
        hash = vgs_mix(hash + table_digest(db, schema->tables[i]));
    return hash;
}
