/* COALESCE of what may be NULL only.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = COALESCE(users.name, users.name); /* expect: incompatible type */
#else
    text = COALESCE(users.name, "nobody");
#endif
}
