/* Trees of rows: WITH, at every level and with every kind of relation, on SQLite and once more
 * on PostgreSQL. */
#include "check.h"
#include "rt_heap.h"

TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER),
      COLUMN(title, TEXT, NOT_NULL), COLUMN(views, INTEGER, NOT_NULL, DEFAULT(0)),
      ONE(author, users, author_id), MANY(comments, comments, post_id),
      MANY_THROUGH(tags, tags, post_tags, post_id, tag_id),
      EXTRA(comment_count, INTEGER))
TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      COLUMN(boss_id, INTEGER), ONE(boss, users, boss_id), MANY(staff, users, boss_id),
      MANY(posts, posts, author_id), MANY(comments, comments, author_id))
TABLE(comments, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(post_id, INTEGER, NOT_NULL),
      COLUMN(author_id, INTEGER), COLUMN(text, TEXT, NOT_NULL),
      ONE(author, users, author_id), ONE(post, posts, post_id))
TABLE(tags, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      MANY_THROUGH(posts, posts, post_tags, tag_id, post_id))
TABLE(post_tags, COLUMN(post_id, INTEGER, NOT_NULL), COLUMN(tag_id, INTEGER, NOT_NULL),
      PRIMARY_KEY(post_id, tag_id))
SCHEMA(blog, posts, users, comments, tags, post_tags)

static const char rows[] =
    "insert into users (id, name, boss_id) values (1, 'Ada', null), (2, 'Bob', 1), "
    "(3, 'Cem', 1), (4, 'Dia', 2);"
    "insert into posts (id, author_id, title, views) values (1, 2, 'One', 10), "
    "(2, 1, 'Two', 20), (3, 2, 'Three', 30), (4, null, 'Four', 40), (5, 99, 'Five', "
    "50);"
    "insert into comments (id, post_id, author_id, text) values (1, 1, 1, 'a'), (2, 1, "
    "3, 'b'), "
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
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts),
                           ORDER_BY(DESC(posts.id)), WITH(posts, author),
                           WITH(posts, comments, ORDER_BY(DESC(comments.id)), LIMIT(2),
                                WITH(comments, author,
                                     WITH(users, staff, ORDER_BY(users.id))))));
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

/* Proves: R006 R019 R030. */
static void test_tree__goes_through_junctions(void **state)
{
    fixture *f = *state;
    posts_list feed;
    tags_list all;
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                           WITH(posts, tags, ORDER_BY(DESC(tags.name)))));
    assert_int_equal(feed.data[0].tags.len, 2);
    assert_string_equal(feed.data[0].tags.data[0].name, "y");
    assert_string_equal(feed.data[0].tags.data[1].name, "x");
    assert_string_equal(feed.data[1].tags.data[0].name, "x");
    assert_string_equal(feed.data[2].tags.data[0].name, "y");
    assert_int_equal(feed.data[3].tags.len, 0);
    check_ok(f->db, vg_all(f->db, &f->arena, &all, SELECT(tags), ORDER_BY(tags.id),
                           WITH(tags, posts, WHERE(GTE(posts.views, 20)), LIMIT(1),
                                ORDER_BY(DESC(posts.views)), WITH(posts, author))));
    assert_int_equal(all.data[0].posts.len, 1);
    assert_string_equal(all.data[0].posts.data[0].title, "Two");
    assert_string_equal(all.data[0].posts.data[0].author->name, "Ada");
    assert_string_equal(all.data[1].posts.data[0].title, "Three");
    assert_int_equal(all.data[2].posts.len, 0);
}

/* Proves: R009 R011. */
static void test_tree__filters_and_limits(void **state)
{
    fixture *f = *state;
    users_list list;
    struct users *ada;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(users), WHERE(LTE(users.id, 2)),
                    ORDER_BY(DESC(users.id)), LIMIT(5), OFFSET(0),
                    WITH(users, posts, WHERE(GT(posts.views, 10)), ORDER_BY(posts.id)),
                    WITH(users, comments, ORDER_BY(comments.id), LIMIT(1), OFFSET(1))));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].posts.len, 1);
    assert_string_equal(list.data[0].posts.data[0].title, "Three");
    assert_int_equal(list.data[0].comments.len, 0);
    assert_int_equal(list.data[1].comments.len, 1);
    assert_string_equal(list.data[1].comments.data[0].text, "d");
    check_ok(f->db,
             vg_one(f->db, &f->arena, &ada, SELECT(users), WHERE(EQ(users.id, 1)),
                    WITH(users, comments, ORDER_BY(comments.id), LIMIT(1), OFFSET(1)),
                    WITH(users, staff, WHERE(SKIP))));
    assert_int_equal(ada->comments.len, 1);
    assert_int_equal(ada->comments.data[0].id, 4);
    assert_int_equal(ada->staff.len, 2);
    assert_int_equal(vg_one(f->db, &f->arena, &ada, SELECT(users),
                            WHERE(EQ(users.id, 77)), WITH(users, posts)),
                     VG_NOT_FOUND);
    assert_null(ada);
}

/* Proves: R007. */
static void test_tree__reads_chosen_columns(void **state)
{
    fixture *f = *state;
    posts_list feed;
    users_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ONLY(posts.title),
                           WHERE(EQ(posts.views, 10)),
                           WITH(posts, author, OMIT(users.boss_id)),
                           WITH(posts, comments, ONLY(comments.text),
                                ORDER_BY(comments.id), WITH(comments, author))));
    assert_int_equal(feed.len, 1);
    const struct posts *one = feed.data;
    assert_string_equal(one->title, "One");
    assert_true(VG_LOADED(one, title));
    assert_false(VG_LOADED(one, views));
    assert_false(VG_LOADED(one, id));
    assert_true(VG_LOADED(one->author, name));
    assert_false(VG_LOADED(one->author, boss_id));
    assert_string_equal(one->comments.data[1].text, "b");
    assert_false(VG_LOADED(&one->comments.data[1], post_id));
    assert_string_equal(one->comments.data[1].author->name, "Cem");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users),
                           OMIT(users.name, users.id), ORDER_BY(users.id)));
    assert_int_equal(list.data[3].boss_id.v, 2);
    assert_false(VG_LOADED(&list.data[3], name));
}

/* Proves: R012 R031. */
static void test_tree__computes_extras(void **state)
{
    fixture *f = *state;
    posts_list feed;
    users_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                    WITH_EXTRA(posts, comment_count,
                               COUNT_OF(FROM(comments),
                                        WHERE(EQ(comments.post_id, posts.id))))));
    assert_true(VG_LOADED(&feed.data[0], comment_count));
    assert_int_equal(feed.data[0].comment_count.v, 3);
    assert_int_equal(feed.data[3].comment_count.v, 0);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                    WITH(users, posts, LIMIT(1), ORDER_BY(DESC(posts.id)),
                         WITH_EXTRA(posts, comment_count, ADD(posts.views, 1)))));
    assert_int_equal(list.data[1].posts.len, 1);
    assert_int_equal(list.data[1].posts.data[0].comment_count.v, 31);
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id)));
    assert_false(VG_LOADED(&feed.data[0], comment_count));
}

/* Proves: R025 R026. */
static void test_has__filters_by_relation(void **state)
{
    fixture *f = *state;
    users_list list;
    posts_list feed;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WHERE(HAS(users, posts))));
    assert_int_equal(list.len, 2);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WHERE(AND(HAS_NONE(users, posts), HAS(users, boss)))));
    assert_int_equal(list.len, 2);
    assert_string_equal(list.data[0].name, "Cem");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WHERE(HAS(users, posts, GT(posts.views, 25)))));
    assert_int_equal(list.len, 1);
    assert_string_equal(list.data[0].name, "Bob");
    /* nested, back to the table itself */
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WHERE(HAS(users, staff,
                                     HAS(users, staff, EQ(users.name, "Dia"))))));
    assert_int_equal(list.len, 1);
    assert_string_equal(list.data[0].name, "Ada");
    /* through a junction, and back */
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                           WHERE(HAS(posts, tags,
                                     HAS(tags, posts, EQ(posts.title, "Three"))))));
    assert_int_equal(feed.len, 2);
    assert_int_equal(feed.data[0].id, 1);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(users), WHERE(LT(users.id, 3)),
                    ORDER_BY(users.id), WITH(users, posts, WHERE(HAS(posts, tags)))));
    assert_int_equal(list.data[1].posts.len, 2);
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(users), WHERE(HAS_NONE(users, staff))));
    check_rows(f->db, "select id from users order by id", "1;2");
    check_ok(f->db, vg_exec(f->db, UPDATE(posts, SET(views, 0)),
                            WHERE(NOT(HAS(posts, author)))));
    check_rows(f->db, "select count(*) from posts where views = 0", "2");
}

static void test_tree__without_an_index_is_found(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {"posts.comments", "users.staff", "users.posts",
                                        "users.comments", "tags.posts"};
    vg_findings report;
    assert_int_equal(vg_verify(f->db, &blog, &f->arena, &report), VG_INVALID);
    assert_int_equal(report.len, COUNT_OF_ARRAY(names));
    for (size_t i = 0; i < report.len; i++) {
        assert_string_equal(report.data[i].name, names[i]);
        assert_int_equal(report.data[i].kind, VG_FOUND_RELATION);
    }
    assert_string_equal(
        report.data[0].text,
        "comments has no index that begins with post_id, so that each WITH reads "
        "all of it: add INDEX, or say UNINDEXED(comments, post_id, \"why\")");
}

/* Nothing of Virga's own is allocated for a tree once it is warm. */
static void test_tree__allocates_nothing_when_warm(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_db *db;
    vg_arena arena = {0};
    vg_options options = {.allocator = rt_allocator(&heap)};
    assert_int_equal(vg_open(&db, ":memory:", &options), VG_OK);
    check_ok(db, vg_create(db, &blog));
    check_ok(db, vg_script(db, rows));
    size_t calls = 0;
    for (int i = 0; i < 6; i++) {
        posts_list feed;
        vg_arena_reset(&arena);
        check_ok(db, vg_all(db, &arena, &feed, SELECT(posts), LIMIT(3 + i % 2),
                            WITH(posts, tags), WITH(posts, author),
                            WITH(posts, comments, LIMIT(2), WITH(comments, author))));
        if (i == 3)
            calls = heap.calls;
    }
    assert_int_equal(heap.calls, calls);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tree__loads_one_and_many, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__takes_clauses_at_each_level, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__goes_through_junctions, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__filters_and_limits, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__reads_chosen_columns, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__computes_extras, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_tree__without_an_index_is_found, setup,
                                        fixture_close),
        cmocka_unit_test(test_tree__allocates_nothing_when_warm),
        cmocka_unit_test_setup_teardown(test_has__filters_by_relation, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
