/* ARRAY_LENGTH of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(tags, ARRAY(TEXT)),
      COLUMN(scores, ARRAY(INTEGER)), COLUMN(data, JSON))

void reject(void)
{
#ifndef GOOD
    maybe_number = ARRAY_LENGTH(users.name); /* expect: ARRAY_LENGTH(users.name): users.name is not an array */
#else
    maybe_number = ARRAY_LENGTH(notes.tags);
#endif
}
