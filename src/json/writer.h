/* Inside of the writer. */
#pragma once
#include <virga/to_json.h>

/* The first failure stays. */
void vg__json_fail(vg_json_writer *w, int code, const char *format, ...)
    VG_PRINTF(3, 4);

/* Bytes as they are; a value as it is; a string in quotes (false: not UTF-8); a key. */
void vg__json_bytes(vg_json_writer *w, const char *bytes, size_t len);
void vg__json_word(vg_json_writer *w, const char *text, size_t len);
bool vg__json_quoted(vg_json_writer *w, const char *text, size_t len);
void vg__json_key(vg_json_writer *w, const char *key, size_t len);
/* The same for a name of C, which needs no escapes. */
void vg__json_plain_key(vg_json_writer *w, const char *key, size_t len);
