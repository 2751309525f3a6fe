/* ARRAY_CONTAINS of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(tags, ARRAY(TEXT)),
      COLUMN(scores, ARRAY(INTEGER)), COLUMN(data, JSON))

void reject(void)
{
#ifndef GOOD
    p = ARRAY_CONTAINS(users.name, notes.tags); /* expect: ARRAY_CONTAINS(users.name, notes.tags): both sides must be arrays of one type */
#else
    p = ARRAY_CONTAINS(notes.tags, notes.tags);
#endif
}
