/* Inside of the reader: where it is in a document, and what it thinks of it. */
#pragma once
#include "json/field.h"
#include "json/scan.h"
#include <virga/validate.h>

/* A step of a path: a key, or an index when `key` is NULL. */
typedef struct vg_json_path {
    const struct vg_json_path *up; /* NULL: the document, of which `key` is a pointer */
    const char *key;
    size_t len, index;
} vg_json_path;

typedef struct vg_json_reading {
    vg_json_reader *r;
    struct vg_json_rules *rules; /* those of the shapes that were met; in the arena */
    vg_json_use use;
    int code; /* VG_NO_MEMORY, VG_INVALID; a fault is none */
} vg_json_reading;

/* A value that is being read. */
typedef struct vg_json_spot {
    vg_json_reading *reading;
    const vg_json_path *path;
    const vg_shape *shape;
    uint32_t index;          /* of the column in it */
    const vg_column *c, *as; /* `as` is never NULL */
    bool opt;                /* the member is a vg_opt_ */
} vg_json_spot;

void vg__json_fault(vg_json_reading *reading, const vg_json_path *path,
                    vg_json_fault_code code, const char *format, ...) VG_PRINTF(4, 5);
void vg__json_no_memory(vg_json_reading *reading);

/* The value at `at`, not null, into the member at `to`; false: there is a fault. */
bool vg__json_read_value(const vg_json_spot *s, const char *at, void *to);
bool vg__json_read_array(const vg_json_spot *s, const char *at, void *to);

/* Does the database compute it, and take it from nobody? */
bool vg__json_is_computed(const vg_column *c);

/* What the column's SQL type can hold. */
void vg__json_bounds(const vg_column *as, int64_t *min, int64_t *max);

/* What the rules of the column say of a value that was read. */
void vg__json_apply_rules(const vg_json_spot *s, vg_value value);

/* The shape whose RULEs hold: a view or an alias has the columns of another. */
const vg_shape *vg__json_ruled(const vg_shape *shape);

/* Decimal numbers, digit by digit. */
typedef struct vg_json_number {
    const char *text;
    size_t len;
    const char *whole, *point, *tail; /* the first digit, behind those, behind all */
    int64_t exponent;
    bool negative;
    int64_t whole_digits, fraction_digits; /* without zeros that say nothing */
} vg_json_number;

bool vg__json_number(vg_json_number *n, const char *text, size_t len);
/* Whether it is whole, and fits: 0; else -1 (not whole) or 1 (too large). */
int vg__json_whole(const vg_json_number *n, int64_t *out);
double vg__json_real(const vg_json_number *n);
/* Written out without an exponent; NULL: no memory. At most 1000 digits on either side. */
const char *vg__json_plain(const vg_json_number *n, vg_arena *arena);
enum { VG_JSON_DIGITS = 1000 };

size_t vg__json_chars(const char *text, size_t len);

/* What the text of a value is, numbers and strings alike; false if it is neither. */
bool vg__json_token(const vg_json_spot *s, const char *at, vg_str *out);
