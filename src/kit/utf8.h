/* Is it UTF-8: what is not can stand neither in JSON nor, as it is, in a header. */
#pragma once
#include <stdbool.h>

/* The bytes of the character at `s`, which is beyond ASCII; 0: it is none. */
int vgk_utf8_len(const char *s);
bool vgk_is_utf8(const char *s);
