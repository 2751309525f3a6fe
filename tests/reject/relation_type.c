/* An EXTRA of a type that there is not.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 40 */
#include "related.h"

#ifndef GOOD
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), EXTRA(n, INTEGR)) /* expect: INTEGR */
#else
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), EXTRA(n, INTEGER))
#endif

void reject(void)
{
    rc = 0;
}
