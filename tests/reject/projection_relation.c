/* A relation of a projection.
 *
 * SPDX-License-Identifier: MIT */
#include "related.h"

#ifndef GOOD
PROJECTION(card, FIELD(id, books.id), ONE(book, books, id)) /* expect: there is no entry ONE */
#else
PROJECTION(card, FIELD(id, books.id))
#endif

void reject(void)
{
    rc = 0;
}
