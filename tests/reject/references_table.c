/* REFERENCES to a table that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 24 */
/* Every place where the table is needed complains. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(usres, id))) /* expect: usres */
#else
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, id)))
#endif
