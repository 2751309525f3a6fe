/* A blog in an SQLite file: write two users and their posts, then read them back.
 * The README shows the same program without its error handling.
 *
 *     hello [database]        default: in memory
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#include <inttypes.h>
#include <stdio.h>

// clang-format off
/* A row shape of our own; its C types come from the expressions. */
PROJECTION(post_card,
    FIELD(title,  posts.title),
    FIELD(author, users.email),
    FIELD(views,  posts.views))
// clang-format on

static int fail(const vg_db *db)
{
    const vg_error *e = vg_errinfo(db);
    fprintf(stderr, "hello: %s (%s, called at %s:%d)\n", e->message,
            vg_code_name(e->code), e->file, e->line);
    return 1;
}

/* Everything in the block is committed, or nothing is. */
static int write_some(vg_db *db, vg_arena *arena)
{
    static const char *const titles[] = {"Hello", "Rain that never lands"};
    VG_TRANSACTION(db, tx) {
        struct users *ada;
        vg_exec(db, INSERT_INTO(users, SET(email, "bob@example.org")),
                ON_CONFLICT(users, KEY(email), DO_NOTHING));
        if (vg_one(db, arena, &ada,
                   INSERT_INTO(users, SET(email, "ada@example.org"), SET(age, 36)),
                   ON_CONFLICT(users, KEY(email), SET(age, EXCLUDED(users.age))),
                   RETURNING(users)))
            break; /* out of the block: rolled back */
        for (size_t i = 0; i < 2; i++)
            vg_exec(db,
                    INSERT_INTO(posts, SET(author_id, ada->id), SET(title, titles[i])));
        vg_exec(db, UPDATE(posts, SET(views, ADD(posts.views, 1))),
                WHERE(EQ(posts.title, "Hello")));
    }
    return vg_result(db);
}

/* Users by a pattern and, if it is above 0, a least age. */
static int find_users(vg_db *db, vg_arena *arena, const char *email, int min_age)
{
    users_list found;
    if (vg_all(db, arena, &found, SELECT(users),
               WHERE(AND(LIKE(users.email, email),
                         min_age > 0 ? GTE(users.age, min_age) : SKIP)),
               ORDER_BY(DESC(users.created_at), users.email), LIMIT(10)))
        return fail(db);
    for (size_t i = 0; i < found.len; i++) {
        const struct users *user = &found.data[i];
        printf("%s", user->email);
        if (user->age.has)
            printf(", %" PRId64, user->age.v);
        putchar('\n');
    }
    return 0;
}

static int list_posts(vg_db *db, vg_arena *arena)
{
    post_card_list cards;
    if (vg_all(db, arena, &cards, SELECT(post_card), FROM(posts),
               INNER_JOIN(users, EQ(posts.author_id, users.id)),
               ORDER_BY(DESC(posts.views), posts.id)))
        return fail(db);
    for (size_t i = 0; i < cards.len; i++)
        printf("%-24s %s, %" PRId64 " views\n", cards.data[i].title,
               cards.data[i].author, cards.data[i].views);
    return 0;
}

int main(int argc, char **argv)
{
    vg_db *db;
    vg_arena arena = {0}; /* owns every row and string that is read */
    int failed;

    if (vg_open(&db, argc > 1 ? argv[1] : ":memory:", NULL) || vg_create(db, &blog) ||
        write_some(db, &arena))
        failed = fail(db);
    else
        failed = find_users(db, &arena, "%@example.org", 0) || list_posts(db, &arena);

    vg_arena_free(&arena);
    vg_close(db);
    return failed;
}
