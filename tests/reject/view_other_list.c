/* The rows of a view in the list of another shape.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(cards_view)); /* expect: vg_all: the result does not hold the rows of the statement */
#else
    rc = vg_all(db, arena, &cards, SELECT(cards_view));
#endif
}
