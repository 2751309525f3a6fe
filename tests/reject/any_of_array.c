/* ANY_OF over an array that holds no predicates.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = ANY_OF(integers, 2); /* expect: ANY_OF(integers, ...): not an array of vg_predicate */
#else
    p = ANY_OF(&p, 1);
#endif
}
