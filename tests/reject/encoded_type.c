/* ENCODED takes the address of what its codec takes.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
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
    double other = 5;
    (void)sum, (void)other;
#ifndef GOOD
    clause =
        UPDATE(bills, SET(sum, ENCODED(money, &other))); /* expect: not the address */
#else
    clause = UPDATE(bills, SET(sum, ENCODED(money, &sum)));
#endif
}
