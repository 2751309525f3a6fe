/* The blog of the README for the documents: its tables (examples/hello/schema.h) and a
 * few rows that their queries can find.
 *
 *     users: 1 ada 36, 2 bob (no age), 3 cy 17
 *     posts: 1 "Hello" by ada, 5 views; 2 "Rain" by ada, 0; 3 "Snow" by bob, 12
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

static int docs_blog(vg_db *db, vg_arena *arena)
{
    (void)arena;
    const struct users_new people[] = {
        {.email = "ada@example.org", .age = {true, 36}},
        {.email = "bob@example.org"},
        {.email = "cy@example.org", .age = {true, 17}},
    };
    const struct posts_new written[] = {
        {.author_id = 1, .title = "Hello", .views = {true, 5}},
        {.author_id = 1, .title = "Rain"},
        {.author_id = 2, .title = "Snow", .views = {true, 12}},
    };
    if (vg_create(db, &blog))
        return vg_errinfo(db)->code;
    if (vg_exec(db, INSERT_INTO(users, VALUES(people, 3))))
        return vg_errinfo(db)->code;
    return vg_exec(db, INSERT_INTO(posts, VALUES(written, 3)));
}
