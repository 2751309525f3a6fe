/* A document is read into the struct for inserts, not into a row.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/validate.h>

void reject(void)
{
    vg_json_reader r = {0};
    struct users row;
    struct users_new new_row;
    (void)row, (void)new_row;
#ifndef GOOD
    vg_from_json(&r, users, "{}", 2, &row); /* expect: vg_from_json: the result is no struct users_new */
#else
    vg_from_json(&r, users, "{}", 2, &new_row);
#endif
}
