/* A generator with an option that it does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/seed.h>

void reject(void)
{
    const vg_seed_entry entry =
#ifndef GOOD
        VG_SEED(users.name, vg_gen_email(.max = 3)); /* expect-gcc: has no member named 'max' */ /* expect-clang: field designator 'max' */ /* lines: 12 */
#else
        VG_SEED(users.name, vg_gen_string(.max = 3));
#endif
    vg_seed(db, NULL, &(vg_seed_options){.plan = &entry});
}
