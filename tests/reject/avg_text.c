/* AVG of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_real = AVG(users.email); /* expect: AVG(users.email): users.email is not a number */
#else
    maybe_real = AVG(users.id);
#endif
}
