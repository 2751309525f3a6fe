/* DELETE_FROM a view.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, DELETE_FROM(cards_view), ALL_ROWS); /* expect: DELETE_FROM(cards_view): not a table: views and aliases are only read */
#else
    rc = vg_exec(db, DELETE_FROM(posts), ALL_ROWS);
#endif
}
