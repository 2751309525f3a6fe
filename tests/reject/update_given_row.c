/* UPDATE_GIVEN takes its values from the struct for inserts.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"


void reject(void)
{
    struct users row = {0};
    struct users_new change = {0};
    (void)row, (void)change;
#ifndef GOOD
    vg_exec(db, UPDATE_GIVEN(users, &row, 1), ALL_ROWS); /* expect: UPDATE_GIVEN: the row is no struct users_new */
#else
    vg_exec(db, UPDATE_GIVEN(users, &change, 1), ALL_ROWS);
#endif
}
