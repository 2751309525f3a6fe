/* QUERY that sets a column from a parameter of another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

QUERY(change, EXEC, PARAMS(INTEGER(id), INTEGER(name)),
#ifndef GOOD
      UPDATE(users, SET(name, name)), /* expect: SET(name): the value has another type */
#else
      UPDATE(users, SET(age, name)),
#endif
      WHERE(EQ(users.id, id)))
