/* INSTEAD_OF for a table.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

VIEW(cards_view, card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.author_id)))
VIEW(old_posts, posts, SELECT(posts), WHERE(GT(posts.views, 9)))

#ifndef GOOD
TRIGGER(on_add, INSTEAD_OF, INSERT, posts, "select 1") /* expect: TRIGGER(on_add): INSTEAD_OF is for views, BEFORE and AFTER for tables */
#else
TRIGGER(on_add, INSTEAD_OF, INSERT, old_posts, "select 1")
#endif
