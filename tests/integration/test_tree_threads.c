/* Trees through a pool: threads that read trees while others change what they are made of. Built
 * for the thread sanitizer; without it no tree may be half of one state and half of another. */
#include "pg.h"
#include <pthread.h>
#include <stdio.h>

enum { READERS = 4, WRITERS = 2, ROUNDS = 30, POSTS = 12 };

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(post_count, INTEGER, NOT_NULL),
      MANY(posts, posts, author_id))
TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, NOT_NULL),
      INDEX(posts_author_idx, author_id), ONE(author, users, author_id),
      MANY(notes, notes, post_id))
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(post_id, INTEGER, NOT_NULL),
      INDEX(notes_post_idx, post_id))
RELATION_WHERE(posts, notes, GT(notes.id, 1))
SCHEMA(journal, users, posts, notes)

static const char rows[] = "insert into users (id, post_count) values (1, 6), (2, 6);";

QUERY(authors, ALL(users), PARAMS(INTEGER(first)), SELECT(users), ORDER_BY(users.id),
      WITH(users, posts, WHERE(GTE(posts.id, first)), ORDER_BY(posts.id),
           WITH(posts, author), WITH(posts, notes)))

typedef struct worker {
    pthread_t thread;
    vg_pool *pool;
    int number, rc, wrong;
    char message[300];
} worker;

/* A post from one to the other, and what they say of it; one after the other. */
static int move(vg_db *db, int64_t post)
{
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(users, SET(post_count, 0)), WHERE(EQ(users.id, 1)));
        vg_exec(db, UPDATE(posts, SET(author_id, SUB(3, posts.author_id))),
                WHERE(EQ(posts.id, post)));
        vg_exec(db, UPDATE(users, SET(post_count, COUNT_RELATED(users, posts))),
                ALL_ROWS);
    }
    return vg_result(db);
}

static int look(vg_db *db, vg_arena *arena, bool registered, int *wrong)
{
    users_list list;
    size_t sum = 0;
    vg_arena_reset(arena);
    int rc = registered
                 ? authors(db, arena, &list, 1)
                 : vg_all(db, arena, &list, SELECT(users), ORDER_BY(users.id),
                          WITH(users, posts, WITH(posts, author), WITH(posts, notes)));
    for (size_t i = 0; rc == VG_OK && i < list.len; i++) {
        const struct users *user = &list.data[i];
        sum += user->posts.len;
        *wrong += user->posts.len != (size_t)user->post_count;
        for (size_t k = 0; k < user->posts.len; k++)
            *wrong += !user->posts.data[k].author ||
                      user->posts.data[k].author->id != user->id ||
                      user->posts.data[k].notes.len != (user->posts.data[k].id > 1);
    }
    *wrong += rc == VG_OK && sum != POSTS;
    return rc;
}

/* On SQLite a tree is of one state by itself, elsewhere within a transaction. */
static int look_at_once(vg_db *db, vg_arena *arena, bool registered, int *wrong)
{
    int rc = VG_OK;
    if (on_sqlite())
        return look(db, arena, registered, wrong);
    VG_TRANSACTION_WITH(db, tx, .isolation = VG_REPEATABLE_READ, .read_only = true)
    {
        rc = look(db, arena, registered, wrong);
    }
    return rc ? rc : vg_result(db);
}

static void *work(void *ctx)
{
    worker *w = ctx;
    vg_arena arena = {0};
    for (int i = 0; w->rc == VG_OK && i < ROUNDS; i++) {
        if (w->number < WRITERS)
            VG_WRITE(w->pool, db) {
                w->rc = move(db, 1 + (w->number * 5 + i) % POSTS);
            }
        else
            VG_READ(w->pool, db) {
                w->rc = look_at_once(db, &arena, i % 2, &w->wrong);
            }
        if (w->rc == VG_OK)
            w->rc = vg_pool_result(w->pool);
        if (w->rc != VG_OK)
            snprintf(w->message, sizeof w->message, "%s", vg_pool_errmsg(w->pool));
    }
    vg_arena_free(&arena);
    return NULL;
}

static void fill(vg_db *db)
{
    check_ok(db, vg_create(db, &journal));
    check_ok(db, vg_script(db, rows));
    for (int64_t i = 1; i <= POSTS; i++) {
        check_ok(
            db, vg_exec(db, INSERT_INTO(posts, SET(id, i), SET(author_id, 1 + i % 2))));
        check_ok(db, vg_exec(db, INSERT_INTO(notes, SET(id, i), SET(post_id, i))));
    }
}

/* Proves: R036. */
static void test_tree_threads__trees_through_a_pool_are_whole(void **state)
{
    (void)state;
    char path[64], url[PG_URL];
    vg_pool *pool;
    worker workers[READERS + WRITERS] = {{.rc = VG_OK}};
    vg_pool_options options = {
        .readers = 3,
        .max = 4,
        .wait_ms = 60000,
        .connection = {.synchronous = VG_SYNC_OFF, .repeat_limit = 1000}};
    const char *where = on_sqlite() ? temp_file(path) : pg_database(url);
    assert_int_equal(vg_pool_open(&pool, where, &options), VG_OK);
    VG_WRITE(pool, db) {
        fill(db);
    }
    for (int i = 0; i < READERS + WRITERS; i++) {
        workers[i] = (worker){.pool = pool, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]),
                         0);
    }
    for (int i = 0; i < READERS + WRITERS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < READERS + WRITERS; i++) {
        if (workers[i].rc != VG_OK)
            print_error("thread %d: %s\n", i, workers[i].message);
        assert_int_equal(workers[i].rc, VG_OK);
        assert_int_equal(workers[i].wrong, 0);
    }
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    if (on_sqlite())
        temp_file_remove(path);
    else
        pg_drop(url);
}

int main(void)
{
    struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree_threads__trees_through_a_pool_are_whole),
    };
    return run_portable_tests(tests);
}
