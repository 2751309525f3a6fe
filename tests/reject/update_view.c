/* UPDATE of a view.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, UPDATE(cards_view, SET(title, "x")), ALL_ROWS); /* expect: UPDATE(cards_view): not a table: views and aliases are only read */
#else
    rc = vg_exec(db, UPDATE(posts, SET(title, "x")), ALL_ROWS);
#endif
}
