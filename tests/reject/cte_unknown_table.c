/* A CTE named by no alias.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CTE(nowhere, SELECT(card), FROM(posts)); /* expect: nowhere */
#else
    clause = CTE(recent, SELECT(card), FROM(posts));
#endif
}
