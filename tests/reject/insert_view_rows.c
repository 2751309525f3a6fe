/* INSERT_INTO a view, of structs.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 19 */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

void reject(void)
{
#ifndef GOOD
    rc = vg_exec(db, INSERT_INTO(old_posts, VALUES((struct posts_new *)0, 0))); /* expect: INSERT_INTO(old_posts): not a table: views and aliases are only read */
#else
    rc = vg_exec(db, INSERT_INTO(posts, VALUES((struct posts_new *)0, 0)));
#endif
}
