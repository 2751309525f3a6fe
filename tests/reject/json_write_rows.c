/* Rows of another table are written as those of this one.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"
#include <virga/to_json.h>

void reject(void)
{
    vg_json_writer w = {0};
    posts_list list = {0};
#ifndef GOOD
    vg_put_all(&w, users, &list); /* expect: vg_put_all: these are no rows of users */
#else
    vg_put_all(&w, posts, &list);
#endif
}
