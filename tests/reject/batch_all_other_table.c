/* vg_batch_all into another table's list.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
extern vg_batch *batch;

void reject(void)
{
#ifndef GOOD
    rc = vg_batch_all(batch, arena, &list, SELECT(posts)); /* expect: vg_batch_all: the result */
#else
    rc = vg_batch_all(batch, arena, &list, SELECT(users));
#endif
}
