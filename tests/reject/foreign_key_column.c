/* A FOREIGN_KEY over a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, INTEGER), FOREIGN_KEY(COLUMNS(b), REFERENCES(users, id))) /* expect: no */
#else
TABLE(bad, COLUMN(a, INTEGER), FOREIGN_KEY(COLUMNS(a), REFERENCES(users, id)))
#endif
