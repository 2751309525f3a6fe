/* JSON_CONTAINS of a column that is text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(tags, ARRAY(TEXT)),
      COLUMN(scores, ARRAY(INTEGER)), COLUMN(data, JSON))

void reject(void)
{
#ifndef GOOD
    p = JSON_CONTAINS(users.name, string); /* expect: JSON_CONTAINS(users.name): users.name is no JSON */
#else
    p = JSON_CONTAINS(notes.data, string);
#endif
}
