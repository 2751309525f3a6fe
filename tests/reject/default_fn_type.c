/* A DEFAULT_FN of another signature.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

#ifndef GOOD
int f(void);
TABLE(bad, COLUMN(a, INTEGER, DEFAULT_FN(f))) /* expect: DEFAULT_FN(f): not a vg_default_fn */
#else
vg_value f(char *);
TABLE(bad, COLUMN(a, INTEGER, DEFAULT_FN(f)))
#endif
