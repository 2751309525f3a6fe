/* The type of a codec's field must be said.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

struct money {
    int64_t cents;
};
vg_value money_encode(const struct money *m, vg_arena *room);
bool money_decode(struct money *m, vg_value stored, vg_arena *arena);
CODEC(money, struct money, INTEGER, money_encode, money_decode)
TABLE(bills, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(sum, CUSTOM(money)))

#ifndef GOOD
PROJECTION(sums, FIELD(sum, bills.sum)) /* expect: FIELD(sum): of a CODEC */
#else
PROJECTION(sums, FIELD_AS(sum, CUSTOM(money), bills.sum))
#endif
