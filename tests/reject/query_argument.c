/* QUERY whose parameter has another type than the column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

QUERY(find, ONE(users), PARAMS(TEXT(id)),
      SELECT(users),
#ifndef GOOD
      WHERE(EQ(users.id, id))) /* expect: EQ(users.id, id): the two sides have different */
#else
      WHERE(EQ(users.email, id)))
#endif
