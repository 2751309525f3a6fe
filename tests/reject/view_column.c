/* A column that the view does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    p = EQ(cards_view.views, 1); /* expect: views */
#else
    p = EQ(cards_view.age, 1);
#endif
}
