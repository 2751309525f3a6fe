/* Answers as JSON. */
#include "routes.h"
#include <virga/to_json.h>

const char *answer_json(const struct answer *answer, vg_arena *arena, size_t *len)
{
    vg_json_writer w = {.arena = arena, .texts_hold_nuls = answer->queried};
    if (answer->single)
        vg_put_shape_row(&w, answer->shape, answer->len ? answer->rows : NULL);
    else
        vg_put_shape_rows(&w, answer->shape, answer->rows, answer->len);
    if (vg_json_finish(&w))
        return NULL;
    *len = w.len;
    return w.text;
}
