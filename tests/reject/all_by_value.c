/* A list given by value.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 20 */

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, list, SELECT(users)); /* expect: vg_all: the result is not an address */
#else
    rc = vg_all(db, arena, &list, SELECT(users));
#endif
}
