/* Trees on PostgreSQL: how often the program and the server wait for each other. */
#include "pg.h"
#include <errno.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL, UNIQUE),
      MANY(posts, posts, author_id), MANY(likes, likes, user_id),
      MANY(badges, badges, user_name, name))
TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, NOT_NULL),
      ONE(author, users, author_id), MANY(likes, likes, post_id))
TABLE(likes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(user_id, INTEGER, NOT_NULL),
      COLUMN(post_id, INTEGER, NOT_NULL), ONE(by, users, user_id),
      ONE(post, posts, post_id))
TABLE(badges, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(user_name, TEXT, NOT_NULL),
      ONE(user, users, user_name, name))
SCHEMA(site, users, posts, likes, badges)

static const char rows[] =
    "insert into users select n, 'user ' || n from generate_series(1, 600) n;"
    "insert into posts select n, n % 600 + 1 from generate_series(1, 1200) n;"
    "insert into likes select n, n % 600 + 1, n % 1200 + 1 from generate_series(1, "
    "2400) n;"
    "insert into badges select n, 'user ' || (n % 600 + 1) from generate_series(1, "
    "600) n";

static int setup(void **state)
{
    return pg_fixture_open(state, &site, rows);
}

/* libpq finds this one instead of the C library's: each message to the server goes through
 * it, and a new one begins a round trip when something was received since the last. */
static unsigned round_trips;
static bool answered = true;

ssize_t send(int fd, const void *bytes, size_t len, int flags)
{
    round_trips += answered;
    answered = false;
    return syscall(SYS_sendto, fd, bytes, len, flags, NULL, 0);
}

ssize_t recv(int fd, void *bytes, size_t len, int flags)
{
    ssize_t got = syscall(SYS_recvfrom, fd, bytes, len, flags, NULL, NULL);
    answered |= got > 0;
    return got;
}

#define check_round_trips(f, count, call)                             \
    do {                                                              \
        check_ok_at((f)->db, (call), "the call", __FILE__, __LINE__); \
        round_trips = 0;                                              \
        check_ok_at((f)->db, (call), "the call", __FILE__, __LINE__); \
        assert_int_equal(round_trips, (count));                       \
    } while (0)

/* One for the root, one for each level below, however many relations are on it. */
static void test_pg_tree__a_round_trip_for_each_level(void **state)
{
    fixture *f = *state;
    users_list list;
    check_round_trips(f, 1, vg_all(f->db, &f->arena, &list, SELECT(users)));
    check_round_trips(f, 2,
                      vg_all(f->db, &f->arena, &list, SELECT(users), WITH(users, posts),
                             WITH(users, likes)));
    assert_int_equal(list.len, 600);
    assert_int_equal(list.data[0].posts.len, 2);
    assert_int_equal(list.data[0].likes.len, 4);
    check_round_trips(
        f, 3,
        vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
               WITH(users, posts, WITH(posts, likes), WITH(posts, author)),
               WITH(users, likes, WITH(likes, post), WITH(likes, by))));
    assert_int_equal(list.data[9].posts.data[1].likes.len, 2);
    assert_string_equal(list.data[9].posts.data[1].author->name, "user 10");
    assert_ptr_equal(list.data[9].likes.data[1].by, list.data[9].likes.data[0].by);
}

/* A list of texts goes in portions, and these together. */
static void test_pg_tree__portions_go_together(void **state)
{
    fixture *f = *state;
    users_list list;
    check_round_trips(f, 2,
                      vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                             WITH(users, badges)));
    assert_int_equal(list.len, 600);
    for (size_t i = 0; i < list.len; i++)
        assert_int_equal(list.data[i].badges.len, 1);
}

/* What one row refers to comes with it. */
static void test_pg_tree__one_row_and_what_it_refers_to(void **state)
{
    fixture *f = *state;
    struct posts *post;
    check_round_trips(f, 1,
                      vg_one(f->db, &f->arena, &post, SELECT(posts),
                             WHERE(EQ(posts.id, 7)), WITH(posts, author)));
    assert_string_equal(post->author->name, "user 8");
    check_round_trips(f, 2,
                      vg_one(f->db, &f->arena, &post, SELECT(posts),
                             WHERE(EQ(posts.id, 7)), WITH(posts, author),
                             WITH(posts, likes, ORDER_BY(likes.id), WITH(likes, by))));
    assert_string_equal(post->likes.data[0].by->name, "user 7");
}

/* In a transaction, and while a cursor is open; a failure of one is that of all. */
static void test_pg_tree__where_a_pipeline_is_in_the_way(void **state)
{
    fixture *f = *state;
    struct users *user;
    vg_cursor *cursor;
    users_list list;
    size_t count = 0;
    check_ok(f->db, vg_query(f->db, &cursor, &user, SELECT(users), ORDER_BY(users.id),
                             WITH(users, posts), WITH(users, badges)));
    while (vg_next(cursor)) {
        assert_int_equal(user->posts.len, 2);
        assert_int_equal(user->badges.len, 1);
        count++;
    }
    check_ok(f->db, vg_finish(cursor));
    assert_int_equal(count, 600);
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_exec(f->db, DELETE_FROM(badges), ALL_ROWS));
        check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users),
                               WITH(users, posts), WITH(users, badges)));
        assert_int_equal(list.data[0].badges.len, 0);
        vg_rollback(tx);
    }
    pg_exec(f->url, "alter table badges rename to medals");
    assert_int_equal(vg_all(f->db, &f->arena, &list, SELECT(users), WITH(users, posts),
                            WITH(users, badges)),
                     VG_SCHEMA);
    assert_int_equal(list.len, 0);
    pg_exec(f->url, "alter table medals rename to badges");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), WITH(users, posts),
                           WITH(users, badges)));
    assert_int_equal(list.len, 600);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_pg_tree__##name, setup, pg_fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(a_round_trip_for_each_level),
        TEST(portions_go_together),
        TEST(one_row_and_what_it_refers_to),
        TEST(where_a_pipeline_is_in_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
