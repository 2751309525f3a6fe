/* AND of nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(AND()); /* expect: nothing stands between the parentheses */
#else
    clause = WHERE(AND(SKIP));
#endif
}
