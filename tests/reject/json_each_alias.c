/* JSON_EACH under the alias of a table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = FROM(JSON_EACH(recent, users.name)); /* expect: JSON_EACH(recent): not an ALIAS of vg_json_item */
#else
    clause = ORDER_BY(users.name);
#endif
}
