/* The fields of any shape, with the columns that say how their values are read and written:
 * a projection's fields have none of their own, so it is found through their expressions. */
#pragma once
#include <virga/query.h>

typedef struct vg_json_fields {
    const vg_shape *shape;
    const vg_column *as[VG_MAX_COLUMNS]; /* NULL: nothing is known but the class */
    uint8_t key_len[VG_MAX_COLUMNS];     /* of C names; 0: not known */
} vg_json_fields;

void vg__json_fields(vg_json_fields *out, const vg_shape *shape);

/* Whether a time is a day, and a text JSON; the label list of an enum, NULL: none known. */
static inline bool vg__json_is(const vg_column *as, vg_type type)
{
    return as && as->type == type;
}
