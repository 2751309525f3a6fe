/* A growing text: appends return nothing, the first failure sticks, and a maximum is
 * given at birth. The only way SQL text is written: names through vg__buf_name, text
 * literals through vg__buf_literal. Exported for the kit, and not for anybody else. */
#pragma once
#include <virga/arena.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vg_buf {
    char *text; /* ends in NUL once anything was appended */
    size_t len;
    size_t cap;
    size_t max;  /* bytes; appending beyond it fails */
    bool failed; /* out of memory, or too long */
    bool too_long;
    vg_allocator allocator;
} vg_buf;

VG_API void vg__buf_init(vg_buf *buf, const vg_allocator *allocator, size_t max);
VG_API void vg__buf_free(vg_buf *buf);
/* Empty it, keep the memory, forget a failure. */
VG_API void vg__buf_reset(vg_buf *buf);
/* Room for so many bytes in all. False: there is none. */
VG_API bool vg__buf_reserve(vg_buf *buf, size_t size);
VG_API void vg__buf_bytes(vg_buf *buf, const char *bytes, size_t len);
VG_API void vg__buf_text(vg_buf *buf, const char *text);
VG_API void vg__buf_char(vg_buf *buf, char c);
VG_API void vg__buf_int(vg_buf *buf, int64_t n);
/* The shortest decimal that reads back as the same double. */
VG_API void vg__buf_real(vg_buf *buf, double d);
/* `name` between `quote`s, a quote inside doubled. A NUL ends the name. */
VG_API void vg__buf_name(vg_buf *buf, char quote, const char *name);
/* 'text' with quotes doubled. */
VG_API void vg__buf_literal(vg_buf *buf, const char *text, size_t len);
