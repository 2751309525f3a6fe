/* The rows of a statement behind a CTE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    #define QUERY_ CTE(recent, SELECT(card), FROM(posts)), SELECT(recent)
    rc = vg_all(db, arena, &list, QUERY_); /* expect: does not hold the rows */
#else
    rc = vg_all(db, arena, &cards, CTE(recent, SELECT(card), FROM(posts)), SELECT(recent));
#endif
}
