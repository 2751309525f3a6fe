/* SET of an optional value of another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(users, SET(age, (vg_opt_bool){0})); /* expect: SET(age): the value has */
#else
    clause = UPDATE(users, SET(age, (vg_opt_int){0}));
#endif
}
