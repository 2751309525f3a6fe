/* A projection's field, which may be NULL, used as a plain integer.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    count = cards.data[0].age; /* expect: incompatible type */
#else
    count = cards.data[0].age.v;
#endif
}
