/* Trees of rows: WITH, at every level and with every kind of relation, on SQLite and once more
 * on PostgreSQL. */
#include "check.h"

TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER),
      COLUMN(title, TEXT, NOT_NULL), COLUMN(views, INTEGER, NOT_NULL, DEFAULT(0)),
      ONE(author, users, author_id), MANY(comments, comments, post_id),
      MANY_THROUGH(tags, tags, post_tags, post_id, tag_id), EXTRA(comment_count, INTEGER))
TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      COLUMN(boss_id, INTEGER), ONE(boss, users, boss_id), MANY(staff, users, boss_id),
      MANY(posts, posts, author_id), MANY(comments, comments, author_id))
TABLE(comments, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(post_id, INTEGER, NOT_NULL),
      COLUMN(author_id, INTEGER), COLUMN(text, TEXT, NOT_NULL), ONE(author, users, author_id),
      ONE(post, posts, post_id))
TABLE(tags, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      MANY_THROUGH(posts, posts, post_tags, tag_id, post_id))
TABLE(post_tags, COLUMN(post_id, INTEGER, NOT_NULL), COLUMN(tag_id, INTEGER, NOT_NULL),
      PRIMARY_KEY(post_id, tag_id))
SCHEMA(blog, posts, users, comments, tags, post_tags)

static const char rows[] =
    "insert into users (id, name, boss_id) values (1, 'Ada', null), (2, 'Bob', 1), "
    "(3, 'Cem', 1), (4, 'Dia', 2);"
    "insert into posts (id, author_id, title, views) values (1, 2, 'One', 10), "
    "(2, 1, 'Two', 20), (3, 2, 'Three', 30), (4, null, 'Four', 40), (5, 99, 'Five', 50);"
    "insert into comments (id, post_id, author_id, text) values (1, 1, 1, 'a'), (2, 1, 3, 'b'), "
    "(3, 1, null, 'c'), (4, 3, 1, 'd'), (5, 3, 2, 'e'), (6, 2, 4, 'f');"
    "insert into tags (id, name) values (1, 'x'), (2, 'y'), (3, 'z');"
    "insert into post_tags (post_id, tag_id) values (1, 1), (1, 2), (3, 2), (2, 1);";

static int setup(void **state)
{
    return fixture_open(state, &blog, rows);
}

/* Proves: R004 R005. */
static void test_tree__loads_one_and_many(void **state)
{
    fixture *f = *state;
    posts_list feed;
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                           WITH(posts, author), WITH(posts, comments)));
    assert_int_equal(feed.len, 5);
    assert_string_equal(feed.data[0].author->name, "Bob");
    assert_ptr_equal(feed.data[0].author, feed.data[2].author);
    assert_string_equal(feed.data[1].author->name, "Ada");
    assert_null(feed.data[3].author);
    assert_null(feed.data[4].author);
    assert_int_equal(feed.data[0].comments.len, 3);
    assert_int_equal(feed.data[1].comments.len, 1);
    assert_string_equal(feed.data[1].comments.data[0].text, "f");
    assert_int_equal(feed.data[3].comments.len, 0);
    assert_true(VG_LOADED(&feed.data[3], author));
    assert_true(VG_LOADED(&feed.data[3], comments));
    assert_false(VG_LOADED(&feed.data[3], tags));
}

/* Proves: R005 R010 R011 R030. */
static void test_tree__takes_clauses_at_each_level(void **state)
{
    fixture *f = *state;
    posts_list feed;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(DESC(posts.id)),
                    WITH(posts, author),
                    WITH(posts, comments, ORDER_BY(DESC(comments.id)), LIMIT(2),
                         WITH(comments, author, WITH(users, staff, ORDER_BY(users.id))))));
    const struct posts *one = &feed.data[4], *three = &feed.data[2];
    assert_int_equal(one->comments.len, 2);
    assert_string_equal(one->comments.data[0].text, "c");
    assert_null(one->comments.data[0].author);
    assert_string_equal(one->comments.data[1].author->name, "Cem");
    assert_int_equal(one->comments.data[1].author->staff.len, 0);
    assert_string_equal(three->comments.data[1].author->name, "Ada");
    assert_int_equal(three->comments.data[1].author->staff.len, 2);
    assert_string_equal(three->comments.data[1].author->staff.data[1].name, "Cem");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tree__loads_one_and_many, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__takes_clauses_at_each_level, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
