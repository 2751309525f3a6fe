/* WHERE of a BOOLEAN column that may be NULL.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = WHERE(users.mails); /* expect: incompatible type */
#else
    clause = WHERE(EQ(users.mails, true));
#endif
}
