/* Arrays of any number of dimensions, as text and in general. */
#pragma once
#include <virga/arena.h>
#include <virga/native.h>

enum { VG_MAX_DIMENSIONS = 6 };

/* vg_array_parse for elements that are separated by `delimiter`: ';' for boxes, else ','. */
int vg__array_parse(vg_arena *arena, const char *text, size_t len, char delimiter,
                    vg_text_array *out);
const char *vg__array_format(vg_arena *arena, const vg_text_array *array,
                             char delimiter);

/* The number of elements that dimensions make up; -1: they are no dimensions. */
int64_t vg__array_count(const vg_dims *dims);

/* The dimensions of any array, those of one that has none in `room`; NULL: not sound. */
const vg_dims *vg__array_dims(const vg_dims *dims, size_t len, vg_dims *room);
