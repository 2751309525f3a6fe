/* AVG_DISTINCT of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_real = AVG_DISTINCT(users.email); /* expect: AVG_DISTINCT(users.email): users.email is */
#else
    maybe_real = AVG_DISTINCT(users.id);
#endif
}
