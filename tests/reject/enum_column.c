/* An enum is no number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

ENUM(role, ROLE_USER, ROLE_ADMIN)
TABLE(members, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(role, ENUM_INTEGER(role)))

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(members, SET(role, members.id)); /* expect: SET(role): the value */
#else
    clause = UPDATE(members, SET(role, ROLE_USER));
#endif
}
