/* CUSTOM wants a vg_rule_fn.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

int odd(int n);
const char *fine(vg_value value);

#ifndef GOOD
RULE(users, id, CUSTOM(odd)) /* expect: CUSTOM(odd): not a vg_rule_fn */
#else
RULE(users, id, CUSTOM(fine))
#endif
