/* Orders to try the service with. SPDX-License-Identifier: MIT */
#ifndef ORDERS_SEED_H
#define ORDERS_SEED_H

#include "database.h"

/* Make `count` orders of a hundred customers, unless there are orders already. The same
 * ones each time. *made is how many. False: the log says why. */
bool seed_orders(const database *d, int64_t count, int64_t *made);

#endif
