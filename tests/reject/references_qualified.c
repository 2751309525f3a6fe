/* REFERENCES(table, table.column): once is enough.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* The compiler says itself, once more, that the table has no such member. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY, REFERENCES(users, users.id))) /* expect: users.id: here a column is named without its table */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY, REFERENCES(users, id)))
#endif
