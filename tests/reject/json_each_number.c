/* JSON_EACH of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = FROM(JSON_EACH(vg_json_item, users.age)); /* expect: JSON_EACH(vg_json_item, users.age): users.age is no JSON */
#else
    clause = FROM(JSON_EACH(vg_json_item, users.name));
#endif
}
