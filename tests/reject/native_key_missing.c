/* INSERT without a key that the database does not count.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(natives,
    COLUMN(id,   INT, PRIMARY_KEY),
    COLUMN(tags, ARRAY(TEXT), NOT_NULL),
    COLUMN(span, INTERVAL),
    COLUMN(ip,   INET))
extern const vg_interval day;
extern const vg_daytime noon;
extern const vg_text_array texts;
extern const vg_int_array ints;

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(natives, SET(tags, &texts)); /* expect: INSERT_INTO(natives): a NOT NULL column without a */
#else
    clause = INSERT_INTO(natives, SET(id, 1), SET(tags, &texts));
#endif
}
