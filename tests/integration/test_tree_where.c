/* RELATION_WHERE: conditions that relations have of their own, wherever these are followed. */
#include "check.h"

typedef enum kinds { KIND_POST = 1, KIND_PHOTO } kinds;

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      COLUMN(boss_id, INTEGER), COLUMN(active, BOOLEAN, NOT_NULL),
      ONE(boss, users, boss_id), MANY(staff, users, boss_id),
      MANY(posts, posts, author_id), MANY(published, posts, author_id),
      EXTRA(post_count, INTEGER))
TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, NOT_NULL),
      COLUMN(title, TEXT, NOT_NULL), COLUMN(is_public, BOOLEAN, NOT_NULL),
      ONE(author, users, author_id), MANY(notes, notes, about_id),
      MANY_THROUGH(tags, tags, post_tags, post_id, tag_id))
TABLE(photos, COLUMN(id, INTEGER, PRIMARY_KEY), MANY(notes, notes, about_id))
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(kind, INTEGER, NOT_NULL),
      COLUMN(about_id, INTEGER, NOT_NULL), COLUMN(post_id, INTEGER),
      COLUMN(text, TEXT, NOT_NULL), ONE(post, posts, post_id))
TABLE(tags, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL))
TABLE(post_tags, COLUMN(post_id, INTEGER, NOT_NULL), COLUMN(tag_id, INTEGER, NOT_NULL),
      COLUMN(shown, BOOLEAN, NOT_NULL), PRIMARY_KEY(post_id, tag_id))
SCHEMA(journal, users, posts, photos, notes, tags, post_tags)

RELATION_WHERE(users, boss, EQ(users.active, true))
RELATION_WHERE(users, staff, EQ(users.active, true))
RELATION_WHERE(users, published, EQ(posts.is_public, true))
RELATION_WHERE(posts, author, OR(EQ(users.active, true), EQ(users.name, "O'Hara")))
RELATION_WHERE(posts, notes, EQ(notes.kind, KIND_POST))
RELATION_WHERE(photos, notes, EQ(notes.kind, KIND_PHOTO))
RELATION_WHERE(posts, tags, AND(EQ(post_tags.shown, true), NE(tags.name, "hidden")))
RELATION_WHERE(notes, post, IN_ARRAY(posts.title, ((const char *[]){"One", "Two"}), 2))

static const char rows[] =
    "insert into users (id, name, boss_id, active) values (1, 'Ada', null, true), "
    "(2, 'Bob', 1, true), (3, 'Cem', 1, false), (4, 'O''Hara', 3, false);"
    "insert into posts (id, author_id, title, is_public) values (1, 1, 'One', true), "
    "(2, 1, 'Two', false), (3, 3, 'Three', true), (4, 4, 'Four', true);"
    "insert into photos (id) values (1), (2);"
    "insert into notes (id, kind, about_id, post_id, text) values (1, 1, 1, 1, 'a'), "
    "(2, 2, 1, null, 'b'), (3, 1, 1, 3, 'c'), (4, 1, 2, 2, 'd'), (5, 2, 2, null, 'e');"
    "insert into tags (id, name) values (1, 'x'), (2, 'y'), (3, 'hidden');"
    "insert into post_tags (post_id, tag_id, shown) values (1, 1, true), (1, 2, "
    "false), "
    "(1, 3, true), (2, 2, true);";

static int setup(void **state)
{
    return fixture_open(state, &journal, rows);
}

/* Proves: R020. */
static void test_relation_where__holds_in_every_with(void **state)
{
    fixture *f = *state;
    users_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WITH(users, posts, ORDER_BY(posts.id)),
                           WITH(users, published, WHERE(LT(posts.id, 4)))));
    assert_int_equal(list.data[0].posts.len, 2);
    assert_int_equal(list.data[0].published.len, 1);
    assert_string_equal(list.data[0].published.data[0].title, "One");
    assert_int_equal(list.data[1].published.len, 0);
    assert_int_equal(list.data[2].published.len, 1);
    assert_int_equal(list.data[3].published.len, 0);
    posts_list feed;
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                           WITH(posts, notes, ORDER_BY(DESC(notes.id)), LIMIT(1)),
                           WITH(posts, tags)));
    assert_string_equal(feed.data[0].notes.data[0].text, "c");
    assert_int_equal(feed.data[0].notes.len, 1);
    assert_string_equal(feed.data[1].notes.data[0].text, "d");
    assert_int_equal(feed.data[0].tags.len, 1);
    assert_string_equal(feed.data[0].tags.data[0].name, "x");
    assert_string_equal(feed.data[1].tags.data[0].name, "y");
    photos_list album;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &album, SELECT(photos), ORDER_BY(photos.id),
                    WITH(photos, notes, ORDER_BY(notes.id))));
    assert_string_equal(album.data[0].notes.data[0].text, "b");
    assert_string_equal(album.data[1].notes.data[0].text, "e");
}

/* Proves: R020. */
static void test_relation_where__leaves_a_one_absent(void **state)
{
    fixture *f = *state;
    posts_list feed;
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                           WITH(posts, author, WITH(users, boss))));
    assert_string_equal(feed.data[0].author->name, "Ada");
    assert_null(feed.data[2].author);
    assert_true(VG_LOADED(&feed.data[2], author));
    assert_string_equal(feed.data[3].author->name, "O'Hara");
    assert_null(feed.data[3].author->boss);
    struct users *ada; /* of one parent, a ONE is joined */
    check_ok(f->db,
             vg_one(f->db, &f->arena, &ada, SELECT(users), WHERE(EQ(users.id, 1)),
                    WITH(users, staff), WITH(users, posts, WITH(posts, author)),
                    WITH(users, published, WITH(posts, notes, WITH(notes, post)))));
    assert_int_equal(ada->staff.len, 1);
    assert_string_equal(ada->staff.data[0].name, "Bob");
    assert_string_equal(ada->posts.data[1].author->name, "Ada");
    assert_string_equal(ada->published.data[0].notes.data[0].post->title, "One");
    assert_null(ada->published.data[0].notes.data[1].post);
    struct users *cem;
    check_ok(f->db,
             vg_one(f->db, &f->arena, &cem, SELECT(users), WHERE(EQ(users.id, 3)),
                    WITH(users, posts, WITH(posts, author))));
    assert_null(cem->posts.data[0].author);
    assert_string_equal(cem->name, "Cem");
}

static int64_t count_of(fixture *f, vg_predicate where)
{
    int64_t n = -1;
    check_ok(f->db, vg_get(f->db, &f->arena, &n, SELECT_VALUE(COUNT()), FROM(users),
                           WHERE(where)));
    return n;
}

/* Proves: R020 R026. */
static void test_relation_where__holds_in_filters_and_counts(void **state)
{
    fixture *f = *state;
    assert_int_equal(count_of(f, HAS(users, published)), 3);
    assert_int_equal(count_of(f, HAS(users, published, EQ(posts.title, "Two"))), 0);
    assert_int_equal(count_of(f, HAS_NONE(users, staff)), 3);
    assert_int_equal(count_of(f, HAS(users, staff, HAS(users, boss))), 1);
    assert_int_equal(count_of(f, HAS(users, posts, HAS(posts, author))), 2);
    assert_int_equal(
        count_of(f, HAS(users, posts, HAS(posts, tags, EQ(tags.name, "y")))), 1);
    assert_int_equal(
        count_of(f, HAS(users, posts, HAS(posts, tags, EQ(tags.name, "hidden")))), 0);
    assert_int_equal(count_of(f, GT(COUNT_RELATED(users, posts), 1)), 1);
    assert_int_equal(count_of(f, EQ(COUNT_RELATED(users, published), 1)), 3);
    users_list list;
    check_ok(
        f->db,
        vg_all(f->db, &f->arena, &list, SELECT(users),
               ORDER_BY(DESC(COUNT_RELATED(users, posts)), users.id), LIMIT(2),
               WITH_EXTRA(users, post_count,
                          COUNT_RELATED(users, published, NE(posts.title, "Four"))),
               WITH(users, staff,
                    WITH_EXTRA(users, post_count, COUNT_RELATED(users, published)))));
    assert_string_equal(list.data[0].name, "Ada");
    assert_int_equal(list.data[0].post_count.v, 1);
    assert_int_equal(list.data[0].staff.data[0].post_count.v, 0);
    assert_int_equal(list.data[1].post_count.v, 1);
}

static void test_relation_where__stands_in_the_text_on_sqlite(void **state)
{
    (void)state;
    check_sql(
        "select \"id\", \"name\", \"boss_id\", \"active\" from \"users\" where "
        "(exists (select 1 from \"posts\" where \"posts\".\"author_id\" = "
        "\"users\".\"id\" and \"posts\".\"is_public\" = 1 and "
        "\"posts\".\"title\" = ?) and \"users\".\"id\" > ?)",
        "[\"One\",3]", SELECT(users),
        WHERE(AND(HAS(users, published, EQ(posts.title, "One")), GT(users.id, 3))));
    check_sql("select count(*) from \"posts\" where (select count(*) from \"users\" "
              "where \"users\".\"id\" = \"posts\".\"author_id\" and "
              "(\"users\".\"active\" = 1 or \"users\".\"name\" = 'O''Hara')) > ?",
              "[0]", SELECT_VALUE(COUNT()), FROM(posts),
              WHERE(GT(COUNT_RELATED(posts, author), 0)));
}

int main(void)
{
    struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_relation_where__##name, setup, fixture_close)
        TEST(holds_in_every_with),
        TEST(leaves_a_one_absent),
        TEST(holds_in_filters_and_counts),
        TEST(stands_in_the_text_on_sqlite),
    };
    return run_portable_tests(tests);
}
