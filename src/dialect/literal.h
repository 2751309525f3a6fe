/* Values as literals: what is alike in all dialects. */
#pragma once
#include "core/dialect.h"

/* How a dialect writes what is not. */
typedef struct vg_literals {
    const char *no, *yes;
    const char *bytes; /* before the digits of a BLOB, the quote included */
    const char *nan;   /* NULL: it has none */
    const char *infinity, *minus_infinity;
    void (*time)(vg_buf *out, vg_timestamp t, const vg_column *codec);
    void (*uuid)(vg_buf *out, const vg_uuid *uuid, const vg_column *codec);
} vg_literals;

void vg__literal_bytes(vg_buf *out, const vg_literals *how, const uint8_t *bytes,
                       size_t len);

/* A dialect's `value` (core/dialect.h): NULL, or what there is no literal for. */
const char *vg__literal_value(vg_buf *out, const vg_literals *how, vg_value v,
                              const vg_column *codec);
