/* Is it UTF-8: what is not can stand neither in JSON nor, as it is, in a header. Exported for
 * the libraries beside this one. */
#pragma once
#include <virga/api.h>
#include <stdbool.h>
#include <stddef.h>

/* The bytes of the character at `s`, which is beyond ASCII and ends in NUL; 0: it is none. */
VG_API int vg__utf8_len(const char *s);
VG_API bool vg__is_utf8(const char *s);
/* The bytes of any character at `s`, of which there are `len`, at least one; 0: it is none. */
VG_API int vg__utf8_next(const char *s, size_t len);
