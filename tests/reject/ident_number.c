/* IDENT of a number.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = SQL(TEXT, "?", IDENT(5)); /* expect: IDENT(5): not a string */
#else
    text = SQL(TEXT, "?", IDENT(string));
#endif
}
