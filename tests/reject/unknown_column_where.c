/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(users.emial); /* expect: no member named 'emial' */
#else
    clause = WHERE(users.active);
#endif
}
