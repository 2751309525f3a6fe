/* TAG among the entries of UPDATE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, TAG("people")); /* expect: TAG stands in CACHE */
#else
    clause = CACHE(0, TAG("people"));
#endif
}
