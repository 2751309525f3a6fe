/* A FOREIGN_KEY to a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), FOREIGN_KEY(COLUMNS(a), REFERENCES(users, b))) /* expect: no */
#else
TABLE(bad, COLUMN(a, INTEGER), FOREIGN_KEY(COLUMNS(a), REFERENCES(users, id)))
#endif
