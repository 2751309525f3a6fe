/* Plans, made once for each prepared statement. */
#include "core/plan.h"
#include "core/relation.h"
#include "core/codec.h"
#include <stdio.h>

/* The clause that yields rows; NULL for none. */
static const vg_clause *rows_of(const vg_parts *p)
{
    if (p->returning)
        return p->returning;
    const vg_clause *head = vg__first_head(p->head);
    switch (head->kind) {
    case VG_CLAUSE_SELECT:
    case VG_CLAUSE_SELECT_COUNT: return head;
    case VG_CLAUSE_RAW: return head->c ? head : NULL;
    default: return NULL;
    }
}

/* RAW keeps its shape in c, the others in shape. */
static const vg_shape *shape_of(const vg_clause *q)
{
    return q->kind == VG_CLAUSE_RAW            ? q->c
           : q->kind == VG_CLAUSE_SELECT_COUNT ? NULL
                                               : q->shape;
}

static size_t nested_slots(const vg_column *field)
{
    return field->nested ? field->nested->column_count + 1 : 1;
}

size_t vg__plan_slots(const vg_parts *p)
{
    const vg_clause *q = rows_of(p);
    if (!q)
        return 0;
    const vg_shape *shape = shape_of(q);
    size_t count = 0;
    for (uint32_t i = 0; shape && i < shape->column_count; i++)
        count += nested_slots(&shape->columns[i]);
    for (size_t i = 0; i < p->computed_count; i++) {
        const vg_relation *r = p->computed[i]->b;
        count += 1;
        if (p->computed[i]->sub == VG_COMPUTED_ROW)
            count += r->target->column_count;
    }
    return shape ? count : count + 1;
}

static vg_slot slot_of(unsigned sql_class, const vg_column *codec, bool nullable,
                       uint32_t offset, const char *name)
{
    vg_slot slot = {.kind = VG_SLOT_TEXT,
                    .mode = (uint8_t)vg__codec_mode(codec),
                    .nullable = nullable,
                    .offset = offset,
                    .name = name,
                    .coder = codec ? codec->coder : NULL};
    switch (sql_class & VG_K_CLASS) {
    case VG_K_int: slot.kind = VG_SLOT_INT; break;
    case VG_K_real: slot.kind = VG_SLOT_REAL; break;
    case VG_K_predicate: slot.kind = VG_SLOT_BOOL; break;
    case VG_K_blob: slot.kind = VG_SLOT_BLOB; break;
    case VG_K_time: slot.kind = VG_SLOT_TIME; break;
    case VG_K_uuid_expr: slot.kind = VG_SLOT_UUID; break;
    case VG_K_enum_expr:
        slot.kind = VG_SLOT_ENUM;
        slot.size = sizeof(int);
        break;
    case VG_K_custom: slot.kind = VG_SLOT_CUSTOM; break;
    case VG_K_daytime_expr: slot.kind = VG_SLOT_DAYTIME; break;
    case VG_K_interval_expr: slot.kind = VG_SLOT_INTERVAL; break;
    case VG_K_point_expr: slot.kind = VG_SLOT_POINT; break;
    case VG_K_int_array_expr: slot.kind = VG_SLOT_INT_ARRAY; break;
    case VG_K_real_array_expr: slot.kind = VG_SLOT_REAL_ARRAY; break;
    case VG_K_bool_array_expr: slot.kind = VG_SLOT_BOOL_ARRAY; break;
    case VG_K_text_array_expr: slot.kind = VG_SLOT_TEXT_ARRAY; break;
    case VG_K_blob_array_expr: slot.kind = VG_SLOT_BLOB_ARRAY; break;
    case VG_K_time_array_expr: slot.kind = VG_SLOT_TIME_ARRAY; break;
    case VG_K_uuid_array_expr: slot.kind = VG_SLOT_UUID_ARRAY; break;
    default: break; /* text, json, numeric, native */
    }
    return slot;
}

static vg_slot field_slot(const vg_column *c, const vg_column *codec, uint32_t base)
{
    vg_slot slot = slot_of(c->sql_class, codec, c->nullable, base + c->offset, c->name);
    if (c->coder) {
        slot.coder = c->coder;
        slot.size = c->coder->size;
    }
    return slot;
}

typedef struct plan_ctx {
    vg_plan *plan;
    const vg_shape *shape;
} plan_ctx;

static void add(vg_plan *plan, vg_slot slot)
{
    plan->column_count += slot.kind != VG_SLOT_OPT_ROW;
    plan->plain &= slot.kind != VG_SLOT_OPT_ROW && slot.kind != VG_SLOT_TEXT &&
                   slot.kind != VG_SLOT_BLOB && slot.kind != VG_SLOT_CUSTOM &&
                   slot.kind < VG_SLOT_INT_ARRAY;
    plan->slots[plan->slot_count++] = slot;
}

static void add_table(vg_plan *plan, const vg_shape *shape, uint32_t base,
                      uint64_t read)
{
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        if (!(read >> i & 1))
            continue;
        add(plan, field_slot(c, vg__codec_of(&shape->nodes[i]), base));
    }
}

static void add_fields(void *ctx, const vg_node *const *fields)
{
    plan_ctx *p = ctx;
    for (uint32_t i = 0; i < p->shape->column_count; i++) {
        const vg_column *c = &p->shape->columns[i];
        bool related = c->nested && vg__rows_of(c->nested)->relations;
        if (related && !c->nullable)
            p->plan->blank_size = p->shape->row_size;
        if (!c->nested) {
            add(p->plan, field_slot(c, vg__codec_of(fields[i]), 0));
        } else if (c->nullable) {
            add(p->plan, (vg_slot){.kind = VG_SLOT_OPT_ROW,
                                   .span = (uint8_t)c->nested->column_count,
                                   .mode = related,
                                   .offset = c->offset,
                                   .size = c->nested->row_size,
                                   .name = c->name});
            add_table(p->plan, c->nested, 0, UINT64_MAX);
        } else {
            add_table(p->plan, c->nested, c->offset, UINT64_MAX);
        }
    }
}

/* EXTRAs into the row, keys behind it, rows beside it; a rank is not read. */
static void add_computed(vg_plan *plan, const vg_clause *q)
{
    const vg_relation *extra = q->b;
    if (q->sub == VG_COMPUTED_EXTRA) {
        add(plan, field_slot(extra->column, vg__codec_of(q->c), 0));
        plan->loaded |= UINT64_C(1) << extra->bit;
    } else if (q->sub == VG_COMPUTED_ROW) {
        const vg_shape *rows = vg__rows_of(extra->target);
        add(plan, (vg_slot){.kind = VG_SLOT_OPT_ROW,
                            .span = (uint8_t)rows->column_count,
                            .mode = rows->relations != NULL,
                            .offset = extra->offset,
                            .size = rows->row_size,
                            .name = extra->name});
        add_table(plan, extra->target, 0, UINT64_MAX);
        plan->loaded |= UINT64_C(1) << extra->bit;
    } else if (q->sub == VG_COMPUTED_KEY) {
        const vg_column *key = q->b;
        add(plan, field_slot(key, vg__codec_of(q->c), 0));
        plan->row_size = key->offset + 32;
    }
}

static void add_chosen(vg_plan *plan, const vg_parts *p, const vg_shape *rows)
{
    uint64_t read = UINT64_MAX;
    if (p->columns && plan->shape == p->head->shape)
        read = vg__columns_read(p, &plan->left_out);
    if (plan->left_out && !rows->relations) {
        plan->blank_at = 0;
        plan->blank_size = plan->shape->row_size;
    }
    add_table(plan, plan->shape, 0, read);
    for (size_t i = 0; i < p->computed_count; i++)
        add_computed(plan, p->computed[i]);
}

static uint32_t value_size(unsigned sql_class)
{
    bool null = sql_class & VG_K_NULL;
    switch (sql_class & VG_K_CLASS) {
    case VG_K_int: return null ? sizeof(vg_opt_int) : sizeof(int64_t);
    case VG_K_enum_expr: return null ? sizeof(vg_opt_int) : sizeof(int);
    case VG_K_real: return null ? sizeof(vg_opt_real) : sizeof(double);
    case VG_K_predicate: return null ? sizeof(vg_opt_bool) : sizeof(bool);
    case VG_K_time: return null ? sizeof(vg_opt_time) : sizeof(vg_timestamp);
    case VG_K_uuid_expr: return null ? sizeof(vg_opt_uuid) : sizeof(vg_uuid);
    case VG_K_blob: return sizeof(vg_bytes);
    case VG_K_daytime_expr: return null ? sizeof(vg_opt_daytime) : sizeof(vg_daytime);
    case VG_K_interval_expr:
        return null ? sizeof(vg_opt_interval) : sizeof(vg_interval);
    case VG_K_point_expr: return null ? sizeof(vg_opt_point) : sizeof(vg_point);
    default: break;
    }
    /* All arrays have the size of one; the rest are texts. */
    return sql_class & VG_K_object ? sizeof(vg_int_array) : sizeof(const char *);
}

void vg__plan_make(vg_plan *plan, const vg_parts *p)
{
    const vg_clause *q = rows_of(p);
    if (!q)
        return;
    plan->shape = shape_of(q);
    plan->plain = true;
    if (plan->shape) {
        const vg_shape *rows = vg__rows_of(plan->shape);
        plan->row_size = plan->shape->row_size;
        plan->blank_at = rows->loaded_offset;
        plan->blank_size = rows->relations ? plan->shape->row_size - plan->blank_at : 0;
        if (plan->shape->kind == VG_SHAPE_PROJECTION)
            plan->shape->fields(add_fields, &(plan_ctx){plan, plan->shape});
        else
            add_chosen(plan, p, rows);
        return;
    }
    bool count = q->kind == VG_CLAUSE_SELECT_COUNT;
    unsigned sql_class = count ? (q->sub ? VG_K_predicate : VG_K_int) : q->n;
    plan->row_size = value_size(sql_class);
    add(plan, slot_of(sql_class, count ? NULL : vg__codec_of(q->c),
                      sql_class & VG_K_NULL, 0, NULL));
}

/* What is read of a row that ONLY or OMIT thins out is written over it later. */
static void clear_whole(const vg_plan *plan, char *row, size_t count, int nothing)
{
    for (size_t i = 0; i < count; i++, row += plan->row_size)
        memset(row, nothing, plan->shape->row_size);
}

void vg__plan_clear(const vg_plan *plan, void *rows, size_t count)
{
#ifdef VIRGA_DEBUG
    bool projection = plan->shape->kind == VG_SHAPE_PROJECTION;
    const uint64_t nothing = projection ? 0 : UINT64_C(0x5555555555555555);
#else
    const uint64_t nothing = 0;
#endif
    if (plan->left_out || !plan->blank_at)
        clear_whole(plan, rows, count, (int)(nothing & 255));
    char *row = (char *)rows + plan->blank_at;
    for (size_t i = 0; plan->blank_at && i < count; i++, row += plan->row_size) {
        uint64_t *at = (uint64_t *)(void *)row;
        const uint64_t *end = at + plan->blank_size / sizeof *at;
        *at++ = plan->loaded;
        *at++ = plan->left_out;
        while (at < end)
            *at++ = nothing;
    }
}

enum { MAX_ALIKE = 128 };

static const char *kind_name(const vg_slot *slot)
{
    static const char *const names[] = {[VG_SLOT_INT] = "an integer",
                                        [VG_SLOT_REAL] = "a real number",
                                        [VG_SLOT_BOOL] = "a boolean",
                                        [VG_SLOT_TEXT] = "text",
                                        [VG_SLOT_BLOB] = "a blob",
                                        [VG_SLOT_TIME] = "a time",
                                        [VG_SLOT_UUID] = "a UUID",
                                        [VG_SLOT_ENUM] = "an enum",
                                        [VG_SLOT_CUSTOM] = "of a codec",
                                        [VG_SLOT_DAYTIME] = "a time of day",
                                        [VG_SLOT_INTERVAL] = "an interval",
                                        [VG_SLOT_POINT] = "a point",
                                        [VG_SLOT_INT_ARRAY] = "an array of integers",
                                        [VG_SLOT_REAL_ARRAY] = "an array of reals",
                                        [VG_SLOT_BOOL_ARRAY] = "an array of booleans",
                                        [VG_SLOT_TEXT_ARRAY] = "an array of texts",
                                        [VG_SLOT_BLOB_ARRAY] = "an array of blobs",
                                        [VG_SLOT_TIME_ARRAY] = "an array of times",
                                        [VG_SLOT_UUID_ARRAY] = "an array of UUIDs",
                                        [VG_SLOT_OPT_ROW] = "an OPT_ROW"};
    return names[slot->kind];
}

static bool slots_alike(size_t i, const vg_slot *a, const vg_slot *b, char *why,
                        size_t room)
{
    const char *name = a->name ? a->name : "value";
    if (a->kind != b->kind)
        snprintf(why, room, "column %zu (%s) is %s in the first query and %s here",
                 i + 1, name, kind_name(a), kind_name(b));
    else if (a->mode != b->mode)
        snprintf(why, room, "column %zu (%s) is stored otherwise in the first query",
                 i + 1, name);
    else if (b->nullable && !a->nullable)
        snprintf(why, room,
                 "column %zu (%s) may be NULL here, but not in the first query; say "
                 "NULLABLE there",
                 i + 1, name);
    else
        return true;
    return false;
}

bool vg__plan_alike(const vg_parts *first, const vg_parts *other, char *why,
                    size_t room)
{
    vg_slot a_slots[MAX_ALIKE], b_slots[MAX_ALIKE];
    vg_plan a = {.slots = a_slots}, b = {.slots = b_slots};
    if (vg__plan_slots(first) > MAX_ALIKE || vg__plan_slots(other) > MAX_ALIKE) {
        snprintf(why, room, "it has more than %d columns", MAX_ALIKE);
        return false;
    }
    vg__plan_make(&a, first);
    vg__plan_make(&b, other);
    for (size_t i = 0; i < a.slot_count && i < b.slot_count; i++)
        if (!slots_alike(i, &a_slots[i], &b_slots[i], why, room))
            return false;
    if (a.slot_count == b.slot_count)
        return true;
    snprintf(why, room, "the first query has %zu columns, this one has %zu",
             a.column_count, b.column_count);
    return false;
}
