/* ON_UPDATE_FN takes a function of the same kind as DEFAULT_FN.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
#include "schema.h"

#ifndef GOOD
int touched(void);
TABLE(notes, /* expect: ON_UPDATE_FN(touched): not a vg_default_fn */
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(at, INTEGER, ON_UPDATE_FN(touched)))
#else
vg_value touched(char room[VG_DEFAULT_ROOM]);
TABLE(notes,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(at, INTEGER, ON_UPDATE_FN(touched)))
#endif
