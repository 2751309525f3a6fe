/* CODEC takes two functions of its own C type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

struct money {
    int64_t cents;
};
vg_value money_encode(const struct money *m, vg_arena *room);
bool money_decode(struct money *m, vg_value stored, vg_arena *arena);
bool double_decode(double *m, vg_value stored, vg_arena *arena);
#ifndef GOOD
CODEC(money, struct money, INTEGER, money_encode, /* expect: is no bool */
      double_decode)
#else
CODEC(money, struct money, INTEGER, money_encode, money_decode)
#endif
