/* A VIEW that names another view for its rows.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

#ifndef GOOD
VIEW(older, old_posts, SELECT(old_posts)) /* expect: VIEW(older, old_posts, ...): old_posts is neither a table nor a projection */
#else
VIEW(older, posts, SELECT(old_posts))
#endif
