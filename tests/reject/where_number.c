/* WHERE of a C number.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(1); /* expect: incompatible type */
#else
    clause = WHERE(SKIP);
#endif
}
