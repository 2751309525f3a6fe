/* QUERY with a column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* As without QUERY: the operand is mentioned twice. */
#include "schema.h"

QUERY(find, ONE(users), PARAMS(TEXT(mail)),
      SELECT(users),
#ifndef GOOD
      WHERE(EQ(users.mail, mail))) /* expect: mail */
#else
      WHERE(EQ(users.email, mail)))
#endif
