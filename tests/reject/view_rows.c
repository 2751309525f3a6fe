/* A VIEW whose query has other rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW(old_posts, card, SELECT(posts), WHERE(GT(posts.views, 9))) /* expect: VIEW(old_posts, card, ...): the query has other rows than card */
#else
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))
#endif
