/* The operators' table, and the codec of an expression. */
#include "core/codec.h"

const vg_op_info vg__ops[] = {
#define OP(name, sql, form, null) {#name, sql, VG_FORM_##form, VG_NULL_##null},
    VG_OPS(OP)
#undef OP
};

const vg_column vg__any_codec = {.type = VG_TYPE_CUSTOM, .coder = &(const vg_coder){0}};

const vg_column *vg__codec_of_type(unsigned type)
{
    static const vg_column plain[] = {
        [VG_TYPE_INTEGER] = {.type = VG_TYPE_INTEGER},
        [VG_TYPE_REAL] = {.type = VG_TYPE_REAL},
        [VG_TYPE_TEXT] = {.type = VG_TYPE_TEXT},
        [VG_TYPE_NUMERIC] = {.type = VG_TYPE_NUMERIC},
        [VG_TYPE_BOOLEAN] = {.type = VG_TYPE_BOOLEAN},
        [VG_TYPE_BLOB] = {.type = VG_TYPE_BLOB},
        [VG_TYPE_JSON] = {.type = VG_TYPE_JSON},
        [VG_TYPE_UUID] = {.type = VG_TYPE_UUID},
        [VG_TYPE_TIMESTAMP] = {.type = VG_TYPE_TIMESTAMP},
        [VG_TYPE_DATE] = {.type = VG_TYPE_DATE},
        [VG_TYPE_DAYTIME] = {.type = VG_TYPE_DAYTIME},
        [VG_TYPE_INTERVAL] = {.type = VG_TYPE_INTERVAL},
        [VG_TYPE_POINT] = {.type = VG_TYPE_POINT},
        [VG_TYPE_NATIVE] = {.type = VG_TYPE_NATIVE},
    };
    return type && type <= VG_TYPE_NATIVE ? &plain[type] : NULL;
}

vg_mode vg__codec_mode(const vg_column *codec)
{
    if (codec && codec->mode != VG_MODE_DEFAULT)
        return (vg_mode)codec->mode;
    switch (codec ? codec->type : VG_TYPE_NONE) {
    case VG_TYPE_DATE:
    case VG_TYPE_UUID: return VG_MODE_ISO_TEXT;
    default: return VG_MODE_MICROSECONDS;
    }
}

typedef struct field_ask {
    uint32_t index;
    const vg_column *codec;
} field_ask;

static void ask_field(void *ctx, const vg_node *const *fields)
{
    field_ask *ask = ctx;
    ask->codec = vg__codec_of(fields[ask->index]);
}

static const vg_column *codec_of_column_node(const vg_node *node)
{
    const vg_shape *shape = node->a;
    while (shape->base)
        shape = shape->base;
    if (shape->kind != VG_SHAPE_PROJECTION)
        return &shape->columns[node->n];
    field_ask ask = {node->n, NULL};
    shape->fields(ask_field, &ask);
    return ask.codec;
}

static const vg_column *codec_of_subquery(const vg_node *node)
{
    const vg_clause *query = node->b.p;
    for (uint32_t i = 0; i < node->n; i++)
        if (query[i].kind == VG_CLAUSE_SELECT && !query[i].shape)
            return vg__codec_of(query[i].c);
    return NULL;
}

/* What the first of a list's operands is that is known; every `step`th is asked. */
static const vg_column *codec_of_list(const vg_node *node, uint32_t from, uint32_t step)
{
    const vg_value *values = node->b.p;
    for (uint32_t i = from; i < node->n; i += step) {
        const vg_column *codec = vg_value_kind_of(values[i]) == VG_V_EXPR
                                     ? vg__codec_of(values[i].node)
                                     : NULL;
        if (codec)
            return codec;
    }
    return NULL;
}

/* Times stand in JSON as ISO text. */
static const vg_column *codec_in_json(unsigned type)
{
    static const vg_column time = {.type = VG_TYPE_TIMESTAMP, .mode = VG_MODE_ISO_TEXT};
    return type == VG_TYPE_TIMESTAMP ? &time : vg__codec_of_type(type);
}

/* As the time that is cut or added to, which may be a value of C. */
static const vg_column *codec_of_time(const vg_node *node)
{
    const vg_column *codec = codec_of_list(node, 0, node->n);
    return vg__is_time(codec) ? codec : vg__codec_of_type(VG_TYPE_TIMESTAMP);
}

const vg_column *vg__codec_of(const vg_node *node)
{
    for (; node; node = node->a) {
        switch ((vg_op)node->op) {
        case VG_OP_COLUMN: return codec_of_column_node(node);
        case VG_OP_SCALAR: return codec_of_subquery(node);
        case VG_OP_PARAM: return node->a;
        case VG_OP_CAST:
        case VG_OP_FRAGMENT: return vg__codec_of_type(node->type);
        case VG_OP_JSON_GET: return codec_in_json(node->type);
        case VG_OP_NOW: return vg__codec_of_type(VG_TYPE_TIMESTAMP);
        case VG_OP_TIME_TRUNC:
        case VG_OP_TIME_ADD: return codec_of_time(node);
        case VG_OP_CASE: return codec_of_list(node, 1, 2);
        case VG_OP_COALESCE:
        case VG_OP_NULLIF:
        case VG_OP_GREATEST:
        case VG_OP_LEAST:
        case VG_OP_LAG:
        case VG_OP_LEAD:
        case VG_OP_NTH_VALUE: return codec_of_list(node, 0, 1);
        case VG_OP_ARRAY_APPEND:
        case VG_OP_ARRAY_PREPEND:
        case VG_OP_ARRAY_REMOVE:
        case VG_OP_ARRAY_CAT: return codec_of_list(node, 0, node->n);
        case VG_OP_JSON_MERGE:
        case VG_OP_JSON_PART:
        case VG_OP_JSON_SET:
        case VG_OP_JSON_INSERT:
        case VG_OP_JSON_REPLACE:
        case VG_OP_JSON_REMOVE:
        case VG_OP_JSON_PATCH:
        case VG_OP_JSON_OBJECT:
        case VG_OP_JSON_ARRAY:
        case VG_OP_JSON_GROUP_ARRAY:
        case VG_OP_JSON_GROUP_OBJECT: return vg__codec_of_type(VG_TYPE_JSON);
        case VG_OP_FIRST_VALUE:
        case VG_OP_LAST_VALUE:
        case VG_OP_FILTER:
        case VG_OP_OVER:
        case VG_OP_OVER_WINDOW:
        case VG_OP_MIN:
        case VG_OP_MAX:
        case VG_OP_NULLABLE:
        case VG_OP_AS:
        case VG_OP_EXCLUDED: break; /* what the operand is */
        default: return NULL;
        }
    }
    return NULL;
}
