/* One of the choices makes values of another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/seed.h>

void reject(void)
{
    const vg_seed_entry entry =
#ifndef GOOD
        VG_SEED(users.name, vg_gen_weighted(VG_CHANCE(1, vg_gen_city()), VG_CHANCE(2, vg_gen_boolean()))); /* expect: VG_SEED(users.name): the generator makes values of another type than the column */
#else
        VG_SEED(users.name, vg_gen_weighted(VG_CHANCE(1, vg_gen_city()),
                                            VG_CHANCE(2, vg_gen_country())));
#endif
    vg_seed(db, NULL, &(vg_seed_options){.plan = &entry});
}
