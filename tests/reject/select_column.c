/* SELECT of a column, which SELECT_VALUE is for.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, SELECT(users.id)); /* expect: no member named 'vg_row' */
#else
    rc = vg_exec(db, SELECT_VALUE(users.id), FROM(users));
#endif
}
