/* VG_SEED with a generator of texts for a column of numbers.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/seed.h>

void reject(void)
{
    const vg_seed_entry entry =
#ifndef GOOD
        VG_SEED(users.id, vg_gen_email()); /* expect: VG_SEED(users.id): the generator makes values of another type than the column */
#else
        VG_SEED(users.id, vg_gen_int());
#endif
    vg_seed(db, NULL, &(vg_seed_options){.plan = &entry});
}
