/* A MODE that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* clang says it twice: the mode is a member and decides a flag. */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(at, TIMESTAMP, MODE(MINUTES))) /* expect: VG_MODE_MINUTES */
#else
TABLE(bad, COLUMN(at, TIMESTAMP, MODE(SECONDS)))
#endif
