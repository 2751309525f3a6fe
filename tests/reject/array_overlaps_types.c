/* Arrays of different elements.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(tags, ARRAY(TEXT)),
      COLUMN(scores, ARRAY(INTEGER)), COLUMN(data, JSON))

void reject(void)
{
#ifndef GOOD
    p = ARRAY_OVERLAPS(notes.tags, notes.scores); /* expect: ARRAY_OVERLAPS(notes.tags, notes.scores): both sides must be arrays of one type */
#else
    p = ARRAY_OVERLAPS(notes.scores, notes.scores);
#endif
}
