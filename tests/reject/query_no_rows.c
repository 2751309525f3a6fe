/* QUERY that wants the rows of a statement without RETURNING.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
QUERY(drop, ONE(users), PARAMS(INTEGER(id)), /* expect: the statement yields no rows */
      DELETE_FROM(users), WHERE(EQ(users.id, id)))
#else
QUERY(drop, ONE(users), PARAMS(INTEGER(id)),
      DELETE_FROM(users), WHERE(EQ(users.id, id)), RETURNING(users))
#endif
