/* WHERE of a string.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE("age > 5"); /* expect: incompatible type */
#else
    clause = WHERE(SQL(BOOLEAN, "age > 5"));
#endif
}
