/* SET of a string for a UUID column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(token, string)); /* expect: SET(token): the value has another type */
#else
    clause = UPDATE(users, SET(token, &(vg_uuid){{0}}));
#endif
}
