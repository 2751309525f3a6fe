/* Documents: whatever is read into a row is written so that it is read as the same; what is
 * refused has faults that can be written. The first byte chooses the shape and the options. */
#include "fuzz.h"
#include "people.h"
#include <virga/to_json.h>
#include <virga/validate.h>

static const vg_shape *const shapes[] = {&people.vg_shape, &places.vg_shape,
                                         &things.vg_shape, &card.vg_shape};

static const char *written(vg_arena *arena, const vg_shape *shape, const void *row)
{
    const char *text = NULL;
    FUZZ_CHECK(vg_shape_row_json(arena, shape, row, &text) == VG_OK);
    return text;
}

static void check_faults(vg_arena *arena, const vg_json_reader *r, size_t size)
{
    vg_json_writer w = {.arena = arena};
    FUZZ_CHECK(r->fault_count > 0 && r->fault_count <= 100);
    vg_put_faults(&w, r);
    FUZZ_CHECK(vg_json_finish(&w) == VG_OK);
    for (size_t i = 0; i < r->fault_count; i++)
        FUZZ_CHECK(strlen(r->faults[i].pointer) <= 3 * size + 100);
}

/* A row that was read is JSON, and that JSON is the row. */
static void check_row(vg_arena *arena, const vg_shape *shape, const void *row)
{
    char again[4096];
    vg_json_reader r = {.arena = arena, .max_bytes = SIZE_MAX, .max_depth = 512};
    const char *text = written(arena, shape, row);
    FUZZ_CHECK(vg_shape_from_json(&r, shape, VG_JSON_SELECT_USE, text, strlen(text),
                                  again) == VG_OK);
    FUZZ_CHECK(strcmp(written(arena, shape, again), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_arena arena = {0};
    char row[4096];
    fuzz_bytes in = {data, data + size};
    uint8_t how = fuzz_next(&in);
    const vg_shape *shape = shapes[how & 3];
    bool table = shape->kind == VG_SHAPE_TABLE;
    vg_json_use use = table ? (vg_json_use)((how >> 2) % 3) : VG_JSON_SELECT_USE;
    vg_json_reader r = {.arena = &arena,
                        .coerce = how & 16 ? VG_COERCE_ALL : 0,
                        .ignore_unknown = how & 32};
    /* A copy, so that reading beyond its end is seen. */
    size_t len = (size_t)(in.end - in.at);
    char *text = malloc(len ? len : 1);
    memcpy(text, in.at, len);
    int rc;
    if (how & 64 && table) {
        void *rows;
        size_t count;
        rc = vg_shapes_from_json(&r, shape, use, text, len, &rows, &count);
    } else {
        rc = vg_shape_from_json(&r, shape, use, text, len, row);
        if (rc == VG_OK && use == VG_JSON_SELECT_USE)
            check_row(&arena, shape, row);
    }
    FUZZ_CHECK(rc == VG_OK || rc == VG_VALUE);
    if (rc == VG_VALUE)
        check_faults(&arena, &r, size);
    free(text);
    vg_arena_free(&arena);
    return 0;
}
