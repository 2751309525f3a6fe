/* Patterns of LIKE out of plain text. */
#pragma once
#include <stddef.h>

/* Write `text` with a \ before each %, _ and \, no NUL, and return its length; `out` has
 * room for twice as many bytes as there are. */
size_t vg__like_escape(char *out, const char *text, size_t len);
