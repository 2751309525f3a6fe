/* VG_SEED_WITH whose parent is no table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/seed.h>

void reject(void)
{
    const vg_seed_entry entry =
#ifndef GOOD
        VG_SEED_WITH(card, posts.author_id, 3); /* expect: VG_SEED_WITH(card): not a table */
#else
        VG_SEED_WITH(users, posts.author_id, 3);
#endif
    vg_seed(db, NULL, &(vg_seed_options){.plan = &entry});
}
