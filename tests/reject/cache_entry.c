/* An entry of CACHE that is none.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CACHE(0, "people"); /* expect: CACHE: not an entry, such as TAG(text):  */
#else
    clause = CACHE(0, TAG("people"));
#endif
}
