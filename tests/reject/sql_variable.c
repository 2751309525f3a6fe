/* SQL with a text that is no string literal.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 16 */
/* The parser stumbles on over what follows. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = SQL(TEXT, string); /* expect-gcc: before 'string' */ /* expect-clang: expected ')' */
#else
    text = SQL(TEXT, "upper(?)", string);
#endif
}
