/* Arrays of different elements compared.
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
    p = EQ(natives.tags, &ints); /* expect: EQ(natives.tags, &ints): the two sides have different */
#else
    p = EQ(natives.tags, &texts);
#endif
}
