/* VG_SEED of a column that is not there.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/seed.h>

void reject(void)
{
    const vg_seed_entry entry =
#ifndef GOOD
        VG_SEED(users.nam, vg_gen_city()); /* expect-gcc: has no member named 'nam' */ /* expect-clang: no member named 'nam' */ /* lines: 24 */
#else
        VG_SEED(users.name, vg_gen_city());
#endif
    vg_seed(db, NULL, &(vg_seed_options){.plan = &entry});
}
