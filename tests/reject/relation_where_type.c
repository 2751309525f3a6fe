/* RELATION_WHERE with a condition of types that cannot be equal.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

#ifndef GOOD
RELATION_WHERE(books, author, EQ(people.name, 7)) /* expect: EQ(people.name, 7) */
#else
RELATION_WHERE(books, author, EQ(people.name, "Ada"))
#endif

void reject(void)
{
    rc = 0;
}
