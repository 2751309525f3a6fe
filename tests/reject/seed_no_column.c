/* VG_SEED_OUT of a table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/seed.h>

void reject(void)
{
    const vg_seed_entry entry =
#ifndef GOOD
        VG_SEED_OUT(users); /* expect: VG_SEED_OUT(users): not a column */
#else
        VG_SEED_OUT(users.name);
#endif
    vg_seed(db, NULL, &(vg_seed_options){.plan = &entry});
}
