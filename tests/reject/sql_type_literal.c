/* SQL_TYPE that is no string literal.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 11 */
/* The parser stumbles on over what follows. */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(a, TEXT, SQL_TYPE(30))) /* expect: expected '}' */
#else
TABLE(bad, COLUMN(a, TEXT, SQL_TYPE("varchar(30)")))
#endif
