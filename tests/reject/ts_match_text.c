/* TS_MATCH of plain texts.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = TS_MATCH(users.name, TO_TSQUERY("simple", string)); /* expect: TS_MATCH: users.name is no TSVECTOR or TSQUERY */
#else
    p = TS_MATCH(TO_TSVECTOR("simple", users.email), TO_TSQUERY("simple", string));
#endif
}
