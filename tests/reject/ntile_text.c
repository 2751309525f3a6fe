/* NTILE of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(NTILE("4")); /* expect: an argument is not an INTEGER */
#else
    clause = ORDER_BY(NTILE(4));
#endif
}
