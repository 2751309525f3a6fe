/* POLICY with a part that it has not.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), POLICY(p, WITH_CHECK("id > 0"))) /* expect: POLICY: it has no part WITH_CHECK */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), POLICY(p, CHECK_SQL("id > 0")))
#endif
