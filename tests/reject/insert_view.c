/* INSERT_INTO a view.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, INSERT_INTO(old_posts, SET(title, "x"))); /* expect: INSERT_INTO(old_posts): not a table: views and aliases are only read */
#else
    rc = vg_exec(db, INSERT_INTO(posts, SET(title, "x"), SET(author_id, 1)));
#endif
}
