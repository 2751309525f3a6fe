/* REFERENCES to a column that does not exist.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, uid))) /* expect: no member named 'uid' */
#else
TABLE(bad, COLUMN(u, INTEGER, REFERENCES(users, id)))
#endif
