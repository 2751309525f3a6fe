/* A string given as the whole statement.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, "delete from users"); /* expect: incompatible type */
#else
    rc = vg_exec(db, RAW("delete from users"));
#endif
}
