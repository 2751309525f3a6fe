#include "json/field.h"
#include "core/codec.h"
#include <string.h>

static void take_fields(void *ctx, const vg_node *const *nodes)
{
    vg_json_fields *out = ctx;
    for (uint32_t i = 0; i < out->shape->column_count; i++)
        out->as[i] = nodes[i] ? vg__codec_of(nodes[i]) : NULL;
}

void vg__json_fields(vg_json_fields *out, const vg_shape *shape)
{
    const vg_shape *root = shape;
    while (root->base && root->kind != VG_SHAPE_PROJECTION)
        root = root->base;
    out->shape = shape;
    if (root->kind == VG_SHAPE_PROJECTION)
        root->fields(take_fields, out);
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        size_t len = strlen(c->name);
        out->key_len[i] = (uint8_t)(len < 256 ? len : 0);
        /* FIELD_AS says it itself. */
        if (root->kind != VG_SHAPE_PROJECTION || c->coder)
            out->as[i] = c;
    }
}
