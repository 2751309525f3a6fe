/* An enum is compared with its constants, not with their texts.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

ENUM(role, VALUE(ROLE_USER, "user"), VALUE(ROLE_ADMIN, "admin"))
TABLE(members, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(role, ENUM_TEXT(role)))

void reject(void)
{
#ifndef GOOD
    p = EQ(members.role, "user"); /* expect: the two sides have different types */
#else
    p = EQ(members.role, ROLE_USER);
#endif
}
