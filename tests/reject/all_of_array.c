/* ALL_OF over an array that holds no predicates.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = ALL_OF(integers, 2); /* expect: ALL_OF(integers, ...): not an array of vg_predicate */
#else
    p = ALL_OF(&p, 1);
#endif
}
