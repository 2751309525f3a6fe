/* Registered queries that load trees. */
#include "check.h"

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      MANY(posts, posts, author_id), EXTRA(post_count, INTEGER))
TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY),
      COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(users, id)),
      COLUMN(title, TEXT, NOT_NULL), COLUMN(views, INTEGER, NOT_NULL),
      INDEX(posts_author_idx, author_id), ONE(author, users, author_id))
SCHEMA(journal, users, posts)

static const char rows[] =
    "insert into users (id, name) values (1, 'Ada'), (2, 'Bob'), (3, 'Cem');"
    "insert into posts (id, author_id, title, views) values (1, 1, 'One', 10), "
    "(2, 1, 'Two', 20), (3, 1, 'Three', 30), (4, 2, 'Four', 40);";

QUERY(writers, ALL(users),
      PARAMS(INTEGER(first), INTEGER(views), TEXT(title), INTEGER(most)), SELECT(users),
      WHERE(GTE(users.id, first)), ORDER_BY(users.id),
      WITH(users, posts, WHERE(AND(GTE(posts.views, views), NE(posts.title, title))),
           ORDER_BY(DESC(posts.id)), LIMIT(most), WITH(posts, author)))
QUERY(writer, ONE(users), PARAMS(INTEGER(id), INTEGER(views)), SELECT(users),
      WHERE(EQ(users.id, id)),
      WITH_EXTRA(users, post_count,
                 COUNT_RELATED(users, posts, GT(posts.views, views))),
      WITH(users, posts, WHERE(GT(posts.views, views)), ORDER_BY(posts.id)))
QUERY(writer_into, GET(users), PARAMS(INTEGER(id)), SELECT(users),
      WHERE(EQ(users.id, id)), WITH(users, posts))
QUERY(writers_of, ALL(users), PARAMS(OPT_TEXT(title)), SELECT(users),
      ORDER_BY(users.id), ALLOW(FULL_SCAN, users, "few"),
      WITH(users, posts, WHERE(EQ(posts.title, title))))
QUERY(writers_idle, ALL(users), PARAMS(INTEGER(id), INTEGER(idle)), SELECT(users),
      WHERE(EQ(users.id, id)), WITH(users, posts))

static void on_warning(void *ctx, const vg_warning *warning)
{
    snprintf(ctx, 300, "%s", warning->message);
}

/* A tree's own transaction is none of the program's. */
static void test_tree_query__repeated_is_told_as_it_is_on_sqlite(void **state)
{
    fixture *f = *state;
    char told[300] = "";
    vg_db *db;
    users_list list;
    check_ok(NULL, vg_open(&db, ":memory:",
                           &(vg_options){.warn = on_warning,
                                         .warn_ctx = told,
                                         .repeat_limit = 2,
                                         .repeat_window_ms = 600000}));
    check_ok(db, vg_create(db, &journal));
    for (int i = 0; i < 3; i++)
        check_ok(db, writers(db, &f->arena, &list, 1, 0, "", 5));
    assert_non_null(strstr(told, "ran 3 times in one moment"));
    VG_TRANSACTION(db, tx)
        for (int i = 0; i < 3; i++)
            check_ok(db,
                     writer_into(db, &f->arena, &(struct users){0}, 1) == VG_NOT_FOUND
                         ? VG_OK
                         : VG_VALUE);
    assert_non_null(strstr(told, "ran 3 times in one transaction"));
    vg_close(db);
}

static int setup(void **state)
{
    return fixture_open(state, &journal, rows);
}

/* Proves: R013 R036. */
static void test_tree_query__takes_parameters_at_each_level(void **state)
{
    fixture *f = *state;
    users_list list;
    for (int i = 0; i < 3; i++) {
        check_ok(f->db, writers(f->db, &f->arena, &list, 1, 10, "Two", 1));
        assert_int_equal(list.len, 3);
        assert_int_equal(list.data[0].posts.len, 1);
        assert_string_equal(list.data[0].posts.data[0].title, "Three");
        assert_string_equal(list.data[0].posts.data[0].author->name, "Ada");
        assert_int_equal(list.data[2].posts.len, 0);
        check_ok(f->db, writers(f->db, &f->arena, &list, 1, 0, "Three", 5));
        assert_int_equal(list.data[0].posts.len, 2);
        assert_string_equal(list.data[0].posts.data[0].title, "Two");
        check_ok(f->db, writers(f->db, &f->arena, &list, 2, 50, "", 5));
        assert_int_equal(list.len, 2);
        assert_int_equal(list.data[0].posts.len, 0);
        check_ok(f->db, writers(f->db, &f->arena, &list, 9, 50, "", 5));
        assert_int_equal(list.len, 0);
    }
}

static void test_tree_query__finds_one(void **state)
{
    fixture *f = *state;
    struct users *ada, into;
    check_ok(f->db, writer(f->db, &f->arena, &ada, 1, 15));
    assert_int_equal(ada->post_count.v, 2);
    assert_int_equal(ada->posts.len, 2);
    assert_string_equal(ada->posts.data[0].title, "Two");
    check_ok(f->db, writer_into(f->db, &f->arena, &into, 2));
    assert_string_equal(into.posts.data[0].title, "Four");
    assert_int_equal(writer(f->db, &f->arena, &ada, 77, 15), VG_NOT_FOUND);
    assert_null(ada);
    check_fails(f->db, writer_into(f->db, NULL, &into, 2), VG_MISUSE,
                "WITH needs an arena for the rows it loads");
    check_ok(f->db, writer(f->db, &f->arena, &ada, 1, 25));
    assert_int_equal(ada->posts.len, 1);
}

static void test_tree_query__refuses_null_in_a_comparison(void **state)
{
    fixture *f = *state;
    users_list list;
    check_ok(f->db, writers_of(f->db, &f->arena, &list, "One"));
    assert_int_equal(list.data[0].posts.len, 1);
    check_fails(
        f->db, writers_of(f->db, &f->arena, &list, NULL), VG_INVALID,
        "writers_of: the parameter title is NULL where it is compared, and NULL "
        "equals no row");
    check_fails(
        f->db, writers(f->db, &f->arena, &list, 1, 1, NULL, 1), VG_INVALID,
        "writers: the parameter title is NULL; declare it as OPT_... if that is "
        "meant");
    check_ok(f->db, writers(f->db, &f->arena, &list, 1, 0, "One", 9));
    assert_int_equal(list.data[0].posts.len, 2);
}

static void test_tree_query__is_verified(void **state)
{
    fixture *f = *state;
    vg_findings findings;
    assert_int_equal(vg_verify(f->db, &journal, &f->arena, &findings), VG_INVALID);
    const char *text = vg_findings_text(&findings, &f->arena);
    assert_non_null(strstr(text, "writers_idle: the parameter idle is not used"));
    assert_non_null(strstr(text, "5 queries, 1 finding"));
}

int main(void)
{
    struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_tree_query__##name, setup, fixture_close)
        TEST(takes_parameters_at_each_level),      TEST(finds_one),
        TEST(refuses_null_in_a_comparison),        TEST(is_verified),
        TEST(repeated_is_told_as_it_is_on_sqlite),
    };
    return run_portable_tests(tests);
}
