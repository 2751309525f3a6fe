/* vg_all of texts into a list of integers.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &(vg_int_list){0}, SELECT_VALUE(users.email)); /* expect: vg_all: the */
#else
    rc = vg_all(db, arena, &(vg_text_list){0}, SELECT_VALUE(users.email));
#endif
}
