/* A string for an INTERVAL.
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
    clause = UPDATE(natives, SET(span, "1 day")); /* expect: SET(span): the value has another type */
#else
    clause = UPDATE(natives, SET(span, &day));
#endif
}
