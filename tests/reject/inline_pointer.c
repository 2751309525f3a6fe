/* INLINE of what is no value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(INLINE(db)); /* expect: INLINE(db): not a value that an expression can be */
#else
    clause = ORDER_BY(INLINE(5));
#endif
}
