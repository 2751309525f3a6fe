/* vg_all without the arena: the statement stands where the result belongs.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 30 */

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, &list, SELECT(users), LIMIT(1)); /* expect: the result is not an address */
#else
    rc = vg_all(db, arena, &list, SELECT(users), LIMIT(1));
#endif
}
