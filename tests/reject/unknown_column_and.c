/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = AND(p, users.emial); /* expect: no member named 'emial' */
#else
    p = AND(p, users.active);
#endif
}
