/* SETs for the columns that a program knows at run time only. */
#include "core/run.h"
#include <virga/given.h>

const vg_item *vg_given_items(vg_item *items, vg_encoding *codes, const vg_shape *shape,
                              const void *row, uint64_t given)
{
    vg_item *item = items;
    while (item->kind != VG_ITEM_END)
        item++;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        if (!(given >> i & 1) || (c->flags & VG_F_GENERATED))
            continue;
        vg_value v =
            vg__member_value((const char *)row + c->new_offset, c, c->new_optional);
        if (c->sql_class == VG_K_custom && vg_value_kind_of(v) != VG_V_NULL) {
            codes[i] = (vg_encoding){c->coder, v.p};
            v = vg_of_encoded((vg_encoded){&codes[i]});
        }
        *item++ = (vg_item){VG_ITEM_SET, i, v};
    }
    *item = (vg_item){.kind = VG_ITEM_END};
    return items;
}
