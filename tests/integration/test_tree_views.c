/* Views that relations lead to and trees begin at: of declared columns, of a query of a table's
 * rows, of a query of a projection's. */
#include "check.h"

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      MANY(hits, IN_VIEW(popular, posts), author_id),
      MANY(big_hits, IN_VIEW(popular, posts), author_id),
      MANY(cards, IN_VIEW(shown, card), by_user), ONE(total, totals, id, user_id))
TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, NOT_NULL),
      COLUMN(title, TEXT, NOT_NULL), COLUMN(views, INTEGER, NOT_NULL),
      COLUMN(is_public, BOOLEAN, NOT_NULL), ONE(author, users, author_id),
      ONE(hit, VG_IN_VIEW(popular, posts), id))
TABLE(tags, COLUMN(id, INTEGER, PRIMARY_KEY),
      MANY_THROUGH(hits, IN_VIEW(popular, posts), IN_VIEW(used, post_tags), tag_id,
                   post_id))
TABLE(post_tags, COLUMN(post_id, INTEGER, NOT_NULL), COLUMN(tag_id, INTEGER, NOT_NULL),
      COLUMN(kind, TEXT, NOT_NULL), PRIMARY_KEY(post_id, tag_id))
VIEW(popular, posts, SELECT(posts),
     WHERE(AND(EQ(posts.is_public, true), BETWEEN(posts.views, 10, 1000))))
VIEW(used, post_tags, SELECT(post_tags),
     WHERE(IN_ARRAY(post_tags.kind, ((const char *[]){"a", "b"}), 2)))
PROJECTION(card, FIELD(id, posts.id), FIELD_AS(by_user, INTEGER, posts.author_id),
           FIELD(title, posts.title))
VIEW(shown, card, SELECT(card), FROM(posts))
VIEW_SQL(totals,
         "select author_id as user_id, count(*) as n from posts group by author_id",
         COLUMN(user_id, INTEGER, NOT_NULL), COLUMN(n, INTEGER, NOT_NULL),
         ONE(user, users, user_id))
RELATION_WHERE(users, big_hits, GT(popular.views, 25))
SCHEMA(site, users, posts, tags, post_tags, popular, used, shown, totals)

static const char rows[] =
    "insert into users (id, name) values (1, 'Ada'), (2, 'Bob');"
    "insert into posts (id, author_id, title, views, is_public) values "
    "(1, 1, 'One', 10, true), (2, 1, 'Two', 20, false), (3, 1, 'Three', 30, true), "
    "(4, 2, 'Four', 5, true);"
    "insert into tags (id) values (1), (2);"
    "insert into post_tags (post_id, tag_id, kind) values (1, 1, 'a'), (3, 1, 'c'), "
    "(3, 2, 'b'), (4, 2, 'a');";

static int setup(void **state)
{
    return fixture_open(state, &site, rows);
}

/* Proves: R032. */
static void test_tree_views__are_targets(void **state)
{
    fixture *f = *state;
    users_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                    WITH(users, hits, WHERE(GT(popular.views, 5)),
                         ORDER_BY(DESC(popular.views)), LIMIT(5), WITH(posts, author),
                         WITH(popular, hit)),
                    WITH(users, big_hits), WITH(users, total, WITH(totals, user)),
                    WITH(users, cards, ORDER_BY(shown.id))));
    assert_int_equal(list.data[0].hits.len, 2);
    assert_string_equal(list.data[0].hits.data[0].title, "Three");
    assert_string_equal(list.data[0].hits.data[0].author->name, "Ada");
    assert_int_equal(list.data[0].hits.data[0].hit->views, 30);
    assert_int_equal(list.data[0].big_hits.len, 1);
    assert_string_equal(list.data[0].big_hits.data[0].title, "Three");
    assert_int_equal(list.data[0].total->n, 3);
    assert_string_equal(list.data[0].total->user->name, "Ada");
    assert_int_equal(list.data[0].cards.len, 3);
    assert_string_equal(list.data[0].cards.data[1].title, "Two");
    assert_int_equal(list.data[1].hits.len, 0);
    assert_int_equal(list.data[1].cards.len, 1);
    tags_list all;
    check_ok(f->db, vg_all(f->db, &f->arena, &all, SELECT(tags), ORDER_BY(tags.id),
                           WITH(tags, hits)));
    assert_int_equal(all.data[0].hits.len, 1);
    assert_string_equal(all.data[0].hits.data[0].title, "One");
    assert_int_equal(all.data[1].hits.len, 1);
    posts_list feed;
    check_ok(f->db, vg_all(f->db, &f->arena, &feed, SELECT(posts), ORDER_BY(posts.id),
                           WITH(posts, hit)));
    assert_string_equal(feed.data[0].hit->title, "One");
    assert_null(feed.data[1].hit);
}

/* Proves: R032. */
static void test_tree_views__are_roots(void **state)
{
    fixture *f = *state;
    posts_list feed;
    totals_list sums;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &feed, SELECT(popular), ORDER_BY(popular.id),
                    WITH(popular, author, WITH(users, cards))));
    assert_int_equal(feed.len, 2);
    assert_int_equal(feed.data[1].author->cards.len, 3);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &sums, SELECT(totals), ORDER_BY(totals.user_id),
                    WITH(totals, user, WITH(users, hits))));
    assert_int_equal(sums.data[0].user->hits.len, 2);
}

/* Proves: R026 R032. */
static void test_tree_views__are_asked_for(void **state)
{
    fixture *f = *state;
    users_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WHERE(HAS(users, hits, EQ(popular.title, "One")))));
    assert_int_equal(list.len, 1);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users), ORDER_BY(users.id),
                           WHERE(EQ(COUNT_RELATED(users, big_hits), 0))));
    assert_string_equal(list.data[0].name, "Bob");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(users),
                           WHERE(HAS_NONE(users, cards, EQ(shown.title, "Four")))));
    assert_string_equal(list.data[0].name, "Ada");
    check_fails(
        f->db,
        vg_all(f->db, &f->arena, &list, SELECT(users),
               WITH(users, hits, WHERE(GT(posts.views, 5)))),
        VG_INVALID,
        "column posts.views: posts is not in FROM; add FROM(posts) or a join with it");
}

int main(void)
{
    struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_tree_views__##name, setup, fixture_close)
        TEST(are_targets),
        TEST(are_roots),
        TEST(are_asked_for),
    };
    return run_portable_tests(tests);
}
