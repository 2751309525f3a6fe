/* SUBQUERY of other rows than its alias has.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = FROM(SUBQUERY(recent, SELECT(users))); /* expect: SUBQUERY(recent): the alias has */
#else
    clause = FROM(SUBQUERY(recent, SELECT(card), FROM(posts)));
#endif
}
