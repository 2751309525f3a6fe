/* Names in snake_case and camelCase. */
#pragma once
#include <stdbool.h>
#include <virga/api.h>

/* Write `name` in snake_case, or in camelCase, to `out`, which has room for 2 * strlen(name)
 * + 1 bytes. A word begins after an underscore, before a capital that a small letter follows
 * and before a row of capitals: isHTTPServer is is_http_server. Bytes beyond ASCII are
 * small letters. A name without a word stays as it is. Exported for the kit. */
VG_API void vg__casing(char *out, const char *name, bool camel);
