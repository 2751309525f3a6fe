/* QUERY whose result holds the rows of another table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
QUERY(find, ALL(posts), PARAMS(INTEGER(id)), /* expect: QUERY(find): the result does not */
      SELECT(users), WHERE(EQ(users.id, id)))
#else
QUERY(find, ALL(users), PARAMS(INTEGER(id)),
      SELECT(users), WHERE(EQ(users.id, id)))
#endif
