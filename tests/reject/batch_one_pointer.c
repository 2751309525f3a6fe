/* vg_batch_one into a row that is no pointer to a row pointer.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
extern vg_batch *batch;

void reject(void)
{
#ifndef GOOD
    rc = vg_batch_one(batch, arena, user, SELECT(users)); /* expect: vg_batch_one: the result */
#else
    rc = vg_batch_one(batch, arena, &user, SELECT(users));
#endif
}
