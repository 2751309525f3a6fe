/* vg_batch_get of a text into a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
extern vg_batch *batch;

void reject(void)
{
#ifndef GOOD
    rc = vg_batch_get(batch, NULL, &count, SELECT_VALUE(users.name), FROM(users)); /* expect: vg_batch_get: the result */
#else
    rc = vg_batch_get(batch, NULL, &count, SELECT_VALUE(COUNT()), FROM(users));
#endif
}
