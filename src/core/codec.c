/* The operators' table, and the codec of an expression. */
#include "core/codec.h"

const vg_op_info vg__ops[] = {
#define OP(name, sql, form) {#name, sql, VG_FORM_##form},
    VG_OPS(OP)
#undef OP
};

vg_mode vg__codec_mode(uint16_t codec)
{
    vg_mode mode = (vg_mode)(codec >> 8);
    if (mode != VG_MODE_DEFAULT)
        return mode;
    switch (codec & 255) {
    case VG_TYPE_DATE: return VG_MODE_ISO_TEXT;
    case VG_TYPE_UUID: return VG_MODE_ISO_TEXT;
    default: return VG_MODE_MICROSECONDS;
    }
}

typedef struct field_ask {
    uint32_t index;
    uint16_t codec;
} field_ask;

static void ask_field(void *ctx, const vg_node *const *fields)
{
    field_ask *ask = ctx;
    ask->codec = vg__codec_of(fields[ask->index]);
}

static uint16_t codec_of_column_node(const vg_node *node)
{
    const vg_shape *shape = node->a;
    while (shape->base)
        shape = shape->base;
    if (shape->kind != VG_SHAPE_PROJECTION)
        return vg__codec_of_column(&shape->columns[node->n]);
    field_ask ask = {node->n, 0};
    shape->fields(ask_field, &ask);
    return ask.codec;
}

static uint16_t codec_of_subquery(const vg_node *node)
{
    const vg_clause *query = node->b.p;
    for (uint32_t i = 0; i < node->n; i++)
        if (query[i].kind == VG_CLAUSE_SELECT && !query[i].shape)
            return vg__codec_of(query[i].c);
    return 0;
}

uint16_t vg__codec_of(const vg_node *node)
{
    for (; node; node = node->a) {
        switch ((vg_op)node->op) {
        case VG_OP_COLUMN: return codec_of_column_node(node);
        case VG_OP_SCALAR: return codec_of_subquery(node);
        case VG_OP_PARAM:
        case VG_OP_FRAGMENT: return node->type;
        case VG_OP_MIN:
        case VG_OP_MAX:
        case VG_OP_NULLABLE:
        case VG_OP_AS:
        case VG_OP_EXCLUDED: break; /* what the operand is */
        default: return 0;
        }
    }
    return 0;
}
