/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 15 */

void reject(void)
{
#ifndef GOOD
    clause = GROUP_BY(users.emial); /* expect: no member named 'emial' */
#else
    clause = GROUP_BY(users.email);
#endif
}
