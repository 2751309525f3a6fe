/* EQ_ANY with an array of other elements.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(tags, ARRAY(TEXT)),
      COLUMN(scores, ARRAY(INTEGER)), COLUMN(data, JSON))

void reject(void)
{
#ifndef GOOD
    p = EQ_ANY(users.name, notes.scores); /* expect: EQ_ANY(users.name, notes.scores): that is no array of such elements */
#else
    p = EQ_ANY(users.name, notes.tags);
#endif
}
