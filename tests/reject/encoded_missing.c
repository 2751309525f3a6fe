/* A column of a codec takes no plain value.
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

void reject(void)
{
    struct money sum = {5};
    (void)sum;
#ifndef GOOD
    p = EQ(bills.sum, 5); /* expect: EQ(bills.sum, 5): the two sides have different types */
#else
    p = EQ(bills.sum, ENCODED(money, &sum));
#endif
}
