/* WITH inside of another, of a table that is not its target.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, reviews, WITH(people, boss))); /* expect: WITH(books, reviews, ...): the WITH inside is of another table */
#else
    rc = vg_all(db, arena, &list, SELECT(books), WITH(books, author, WITH(people, boss)));
#endif
}
