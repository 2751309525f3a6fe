/* JSON as drizzle-kit writes it, which is as JavaScript does: JSON.stringify(x, null, 2). */
#pragma once
#include "kit/kit.h"
#include <jansson.h>

/* The value that `text` is, of at most 64 MiB; a byte order mark before it is skipped. It is
 * the kit's (vgk_own), until the call ends. NULL after vgk_fail(VG_INVALID) with `path`, line
 * and column. Integers beyond 64 bits make all numbers of the text reals. */
json_t *vgk_json_read(vg_kit *kit, const char *text, size_t len, const char *path);

/* An empty object, an empty list; the kit's, until the call ends. */
json_t *vgk_json_object(vg_kit *kit);
json_t *vgk_json_list(vg_kit *kit);

/* The text of `json`, as JSON.stringify(json, null, 2) has it, in the kit's arena. */
char *vgk_json_write(vg_kit *kit, const json_t *json, size_t *len);

/* Append `d` as JavaScript writes numbers: 1, 0.5, 1e-7; "null" if it is not finite. */
void vgk_json_real(vg_buf *out, double d);

/* The line, from 1, where a value stands in a `text` that vgk_json_read has taken: the steps
 * to it are keys, and indexes in decimal. A step that is not there ends the way. */
size_t vgk_json_line(const char *text, size_t len, const char *const *steps,
                     size_t count);

/* Behind the JSON value, or text, that begins at `at`; `end` if it has none. */
const char *vgk_json_skip(const char *at, const char *end);
