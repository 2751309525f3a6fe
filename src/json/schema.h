/* Inside of the JSON Schemas. */
#pragma once
#include "json/field.h"
#include <virga/json_schema.h>

typedef struct vg_json_describing {
    vg_json_writer *w;
    const char *refs; /* before the name of an enum or table */
    vg_json_use use;
    const vg_json_schema_options *options; /* never NULL */
} vg_json_describing;

/* The schema of a column's values; `c` may be the element of an array. */
void vg__json_describe(const vg_json_describing *d, const vg_shape *shape,
                       uint32_t index, const vg_column *as);

/* Members. */
void vg__json_say(vg_json_writer *w, const char *key, const char *text);
void vg__json_say_int(vg_json_writer *w, const char *key, int64_t n);

/* The enum of a field; NULL: it is none, or one without labels. */
const vg_coder *vg__json_enum(const vg_column *c, const vg_column *as);
