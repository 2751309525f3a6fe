/* POLICY with USING, which is a clause of DELETE_FROM.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), POLICY(p, USING("id > 0"))) /* expect: POLICY: the condition is USING_SQL */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), POLICY(p, USING_SQL("id > 0")))
#endif
