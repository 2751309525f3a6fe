/* CASE without ELSE may be NULL.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = CASE(WHEN(p, 1)); /* expect: incompatible type */
#else
    maybe_number = CASE(WHEN(p, 1));
#endif
}
