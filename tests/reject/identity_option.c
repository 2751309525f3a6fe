/* IDENTITY with an option that it has not.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY, IDENTITY(ALWAYS, START(1000)))) /* expect: IDENTITY: it has no option START(1000) */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY, IDENTITY(ALWAYS, START_WITH(1000))))
#endif
