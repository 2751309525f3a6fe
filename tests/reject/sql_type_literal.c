/* SQL_TYPE takes a string literal.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
static const char *type = "varchar(30)";
TABLE(bad, COLUMN(a, TEXT, SQL_TYPE(type))) /* expect: type */
#else
TABLE(bad, COLUMN(a, TEXT, SQL_TYPE("varchar(30)")))
#endif
