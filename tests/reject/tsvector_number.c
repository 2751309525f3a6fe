/* TO_TSVECTOR of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    (void)TO_TSVECTOR("simple", users.age); /* expect: users.age): users.age is not text */
#else
    (void)TO_TSVECTOR("simple", users.name);
#endif
}
