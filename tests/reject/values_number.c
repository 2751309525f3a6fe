/* VALUES with a C value.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 18 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INSERT_INTO(users, VALUES(5)); /* expect: VALUES: the rows are no struct users_new */
#else
    clause = INSERT_INTO(users, VALUES(&(struct users_new){0}));
#endif
}
