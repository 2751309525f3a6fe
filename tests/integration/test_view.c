/* Views: of a query, of SQL, and existing ones; read as tables are, never changed. Triggers
 * stand at the end. */
#include "check.h"
#include <math.h>

// clang-format off
TABLE(authors,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(born, DATE))
TABLE(posts,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(authors, id)),
    COLUMN(title,     TEXT,    NOT_NULL, NAME("the title")),
    COLUMN(views,     INTEGER, NOT_NULL, DEFAULT(0)),
    COLUMN(score,     REAL),
    COLUMN(draft,     BOOLEAN, NOT_NULL, DEFAULT(false)),
    COLUMN(made,      TIMESTAMP, NOT_NULL, MODE(MILLISECONDS), DEFAULT_NOW),
    COLUMN(token,     UUID, MODE(BINARY)))
PROJECTION(post_card,
    FIELD(title,  posts.title),
    FIELD(author, authors.name),
    FIELD(hot,    MUL(posts.views, 2)))
PROJECTION(author_posts,
    FIELD(name,  authors.name),
    FIELD(posts, COUNT(posts.id)))

VIEW(popular, post_card, SELECT(post_card), FROM(posts),
     INNER_JOIN(authors, EQ(authors.id, posts.author_id)), WHERE(GT(posts.views, 100)))
VIEW(named, NAME("all titles"), posts, SELECT(posts))
VIEW(finished, posts, SELECT(posts), WHERE(EQ(posts.draft, false)))
/* A view of a view, of the rows of a projection. */
VIEW(hottest, post_card, SELECT(post_card), FROM(posts),
     INNER_JOIN(authors, EQ(authors.id, posts.author_id)),
     WHERE(IN(posts.title, SCALAR(popular.title, FROM(popular)))),
     ORDER_BY(DESC(posts.views)), LIMIT(2))
VIEW_SQL(tallies,
    "select a.name, count(*) as \"n posts\", max(p.made) from authors a "
    "join posts p on p.author_id = a.id group by a.id",
    COLUMN(name, TEXT, NOT_NULL),
    COLUMN(n, INTEGER, NOT_NULL, NAME("n posts")),
    COLUMN(last, TIMESTAMP, MODE(MILLISECONDS), NAME("max(p.made)")),
    NAME("author_tallies"))
VIEW_EXISTING(old_view, COLUMN(id, INTEGER, NOT_NULL), COLUMN(name, TEXT))
ALIAS(pop, popular)
ALIAS(recent, post_card)
PROJECTION(pop_pair, FIELD(title, popular.title), FIELD(other, NULLABLE(pop.title)))
PROJECTION(card_and_tally, ROW(tally, tallies), OPT_ROW(view, old_view))

/* What uses a view stands before it on purpose. */
SCHEMA(blog, hottest, named, old_view, tallies, popular, finished, posts, authors)
// clang-format on

static const char rows[] =
    "insert into authors values (1, 'Ada', '1815-12-10'), (2, 'Bob', null);"
    "insert into posts (id, author_id, \"the title\", views, score, draft, made) "
    "values "
    "(1, 1, 'it''s', 500, 1.5, 0, 1000), (2, 1, 'two', 50, null, 0, 2000),"
    "(3, 2, 'three', 300, 0.5, 1, 3000), (4, 2, 'four', 101, 2.5, 0, 4000);"
    "create view old_view as select id, name from authors;";

static int setup(void **state)
{
    return fixture_open(state, &blog, rows);
}

static int teardown(void **state)
{
    return fixture_close(state);
}

/* Proves: S089 S092. */
static void test_view__of_a_query(void **state)
{
    fixture *f = *state;
    post_card_list list;
    check_rows(f->db, "select sql from sqlite_master where name = 'popular'",
               "CREATE VIEW `popular` AS select \"posts\".\"the title\" as \"title\", "
               "\"authors\".\"name\" as \"author\", \"posts\".\"views\" * 2 as \"hot\" "
               "from \"posts\" inner join \"authors\" on \"authors\".\"id\" = "
               "\"posts\".\"author_id\" where \"posts\".\"views\" > 100");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(popular),
                           WHERE(GT(popular.hot, 200)), ORDER_BY(popular.title)));
    assert_int_equal(list.len, 3);
    assert_string_equal(list.data[0].title, "four");
    assert_string_equal(list.data[1].title, "it's");
    assert_string_equal(list.data[1].author, "Ada");
    assert_int_equal(list.data[1].hot, 1000);
}

/* Proves: S092 Q009 Q012. */
static void test_view__in_joins_and_aliases(void **state)
{
    fixture *f = *state;
    pop_pair_list pairs;
    vg_text_list titles;
    int64_t n;
    check_ok(f->db, vg_all(f->db, &f->arena, &pairs, SELECT(pop_pair), FROM(popular),
                           LEFT_JOIN(pop, AND(EQ(pop.author, popular.author),
                                              NE(pop.title, popular.title))),
                           WHERE(EQ(popular.author, "Bob")), ORDER_BY(popular.title)));
    assert_int_equal(pairs.len, 2);
    assert_string_equal(pairs.data[0].title, "four");
    assert_string_equal(pairs.data[0].other, "three");
    check_ok(f->db, vg_all(f->db, &f->arena, &titles, SELECT_VALUE(popular.title),
                           FROM(authors),
                           INNER_JOIN(popular, EQ(popular.author, authors.name)),
                           WHERE(EQ(authors.id, 1))));
    assert_int_equal(titles.len, 1);
    assert_string_equal(titles.data[0], "it's");
    check_ok(f->db, vg_count(f->db, &n, FROM(popular), WHERE(GT(popular.hot, 600))));
    assert_int_equal(n, 1);
    check_ok(f->db, vg_count(f->db, &n,
                             FROM(SUBQUERY(recent, SELECT(popular),
                                           ORDER_BY(popular.hot), LIMIT(2))),
                             WHERE(EQ(recent.author, "Bob"))));
    assert_int_equal(n, 2);
    check_ok(f->db,
             vg_count(f->db, &n, FROM(authors),
                      WHERE(EXISTS(SELECT(pop), WHERE(EQ(pop.author, authors.name))))));
    assert_int_equal(n, 2);
    check_sql("select count(*) from \"popular\" \"pop\" where \"pop\".\"title\" = ?",
              "[\"x\"]", SELECT_VALUE(COUNT()), FROM(pop), WHERE(EQ(pop.title, "x")));
}

/* A view of a table has its columns, names and codecs included. */
static void test_view__of_a_table(void **state)
{
    fixture *f = *state;
    posts_list list;
    struct posts *one;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(named), LIMIT(9)));
    assert_int_equal(list.len, 4);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(finished),
                           ORDER_BY(DESC(finished.id))));
    assert_int_equal(list.len, 3);
    assert_string_equal(list.data[0].title, "four");
    assert_int_equal(list.data[0].made.us, 4000000);
    vg_timestamp t = {2000000};
    check_ok(f->db, vg_one(f->db, &f->arena, &one, SELECT(finished),
                           WHERE(EQ(finished.made, t))));
    assert_int_equal(one->id, 2);
    assert_false(one->score.has);
}

/* Proves: S090. */
static void test_view__of_sql(void **state)
{
    fixture *f = *state;
    tallies_list list;
    check_rows(
        f->db, "select sql from sqlite_master where name = 'author_tallies'",
        "CREATE VIEW `author_tallies` AS select a.name, count(*) as \"n posts\", "
        "max(p.made) from authors a join posts p on p.author_id = a.id group by "
        "a.id");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(tallies),
                           WHERE(EQ(tallies.n, 2)), ORDER_BY(tallies.name)));
    assert_int_equal(list.len, 2);
    assert_string_equal(list.data[0].name, "Ada");
    assert_int_equal(list.data[0].n, 2);
    assert_true(list.data[0].last.has);
    assert_int_equal(list.data[0].last.v.us, 2000000);
}

/* Proves: S091. */
static void test_view__existing(void **state)
{
    fixture *f = *state;
    old_view_list list;
    card_and_tally_list both;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(old_view), ORDER_BY(old_view.id)));
    assert_int_equal(list.len, 2);
    assert_string_equal(list.data[1].name, "Bob");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &both, SELECT(card_and_tally), FROM(tallies),
                    LEFT_JOIN(old_view,
                              AND(EQ(old_view.name, tallies.name), EQ(old_view.id, 2))),
                    ORDER_BY(tallies.name)));
    assert_int_equal(both.len, 2);
    assert_null(both.data[0].view);
    assert_int_equal(both.data[1].view->id, 2);
    assert_string_equal(both.data[1].tally.name, "Bob");
}

static void test_view__after_what_it_uses(void **state)
{
    fixture *f = *state;
    vg_text_list titles;
    check_rows(f->db,
               "select name from sqlite_master where type = 'view' and name <> "
               "'old_view' order by rowid",
               "popular;hottest;all titles;author_tallies;finished");
    check_ok(f->db, vg_all(f->db, &f->arena, &titles, SELECT_VALUE(hottest.title),
                           FROM(hottest)));
    assert_int_equal(titles.len, 2);
    assert_string_equal(titles.data[0], "it's");
    check_ok(f->db, vg_create(f->db, &blog)); /* nothing is done twice */
}

// clang-format off
VIEW(every_literal, posts, SELECT(posts), WHERE(OR(
    EQ(posts.title, "it's \"x\" `y` ? 😀"), EQ(posts.views, INT64_MIN),
    EQ(posts.score, -0.5), EQ(posts.score, 1e300), EQ(posts.score, 2.0),
    EQ(posts.score, (double)INFINITY), EQ(posts.draft, true),
    EQ(posts.made, (vg_timestamp){-1}),
    EQ(posts.token, (&(const vg_uuid){{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}})),
    EQ(SQL(BLOB, "x'00'"), ((vg_bytes){"a'\xff", 3})),
    EQ(authors.born, (vg_timestamp){0}), SQL(BOOLEAN, "? is null", NULL),
    BETWEEN(posts.id, -3, 7))), FROM(posts), CROSS_JOIN(authors), LIMIT(5), OFFSET(6))
VIEW(nan_view, posts, SELECT(posts), WHERE(EQ(posts.score, (double)NAN)))
VIEW(nul_view, posts, SELECT(posts), WHERE(EQ(posts.title, ((vg_str){"a\0b", 3}))))
VIEW(null_view, posts, SELECT(posts), WHERE(EQ(posts.title, (const char *)NULL)))
VIEW(no_source, posts, SELECT(posts), WHERE(EQ(authors.id, 1)))
VIEW(a_row, card_and_tally, SELECT(card_and_tally), FROM(tallies), CROSS_JOIN(old_view))
VIEW(stray, authors, SELECT(authors))
VIEW_SQL(no_sql, "", COLUMN(id, INTEGER))
TRIGGER(on_stray, INSTEAD_OF, INSERT, stray, "select 1")
TRIGGER(empty_body, AFTER, INSERT, authors, " ; ")
VIEW_EXISTING(twice, COLUMN(id, INTEGER), NAME("authors"))
SCHEMA(nan_schema, nan_view, posts, authors)
SCHEMA(null_schema, null_view, posts, authors)
SCHEMA(empty_schema, no_sql)
SCHEMA(stray_schema, stray)
SCHEMA(stray_trigger, on_stray)
SCHEMA(empty_trigger, empty_body, authors)
SCHEMA(twice_schema, twice, authors)
// clang-format on

/* Values become literals, each as its column stores it. */
static void test_view__literals(void **state)
{
    fixture *f = *state;
    vg_rendered out;
    assert_int_equal(
        vg_view_sql(&f->arena, &vg_dialect_sqlite, &out, &every_literal.vg_shape),
        VG_OK);
    assert_string_equal(
        strstr(out.text, " where "),
        " where (\"posts\".\"the title\" = 'it''s \"x\" `y` ? 😀' or "
        "\"posts\".\"views\" = -9223372036854775808 or \"posts\".\"score\" = -0.5 or "
        "\"posts\".\"score\" = 1e+300 or \"posts\".\"score\" = 2.0 or "
        "\"posts\".\"score\" = 9.0e+999 or \"posts\".\"draft\" = 1 or "
        "\"posts\".\"made\" = -1 or \"posts\".\"token\" = "
        "x'000102030405060708090a0b0c0d0e0f' or x'00' = x'6127ff' or "
        "\"authors\".\"born\" = '1970-01-01' or (null is null) or "
        "\"posts\".\"id\" between -3 and 7) limit 5 offset 6");
    assert_int_equal(out.param_count, 0);
    check_rows(f->db, "select typeof(-9223372036854775808), 9.0e+999 > 1e308",
               "integer|1");
}

static int view_sql(fixture *f, vg_rendered *out, const vg_shape *view)
{
    return vg_view_sql(&f->arena, &vg_dialect_sqlite, out, view);
}

static void test_view__what_cannot_be_one(void **state)
{
    fixture *f = *state;
    vg_rendered out;
    assert_int_equal(view_sql(f, &out, &nan_view.vg_shape), VG_VALUE);
    assert_string_equal(out.error,
                        "VIEW(nan_view): NaN cannot stand in the text of a view");
    assert_int_equal(view_sql(f, &out, &nul_view.vg_shape), VG_VALUE);
    assert_string_equal(out.error,
                        "VIEW(nul_view): a text with a NUL in it cannot stand in "
                        "the text of a view");
    assert_int_equal(view_sql(f, &out, &null_view.vg_shape), VG_INVALID);
    assert_int_equal(view_sql(f, &out, &no_source.vg_shape), VG_INVALID);
    assert_string_equal(
        out.error, "VIEW(no_source): column authors.id: authors is not in FROM; add "
                   "FROM(authors) or a join with it");
    assert_int_equal(view_sql(f, &out, &a_row.vg_shape), VG_INVALID);
    assert_string_equal(out.error,
                        "VIEW(a_row): card_and_tally.tally: a ROW holds a table or an "
                        "alias, and cannot stand in a SUBQUERY or VIEW");
    assert_int_equal(view_sql(f, &out, &posts.vg_shape), VG_MISUSE);
    assert_string_equal(out.error, "posts is not a view");
    check_fails(f->db, vg_create(f->db, &nan_schema), VG_VALUE,
                "VIEW(nan_view): NaN cannot stand in the text of a view");
    assert_int_equal(vg_create(f->db, &empty_schema), VG_SYNTAX);
    check_fails(
        f->db, vg_create(f->db, &stray_schema), VG_SCHEMA,
        "VIEW(stray): it uses authors, which is not in SCHEMA(stray_schema, ...)");
    check_fails(
        f->db, vg_create(f->db, &stray_trigger), VG_SCHEMA,
        "trigger on_stray is on stray, which is not in SCHEMA(stray_trigger, ...)");
    check_fails(f->db, vg_create(f->db, &empty_trigger), VG_SCHEMA,
                "trigger empty_body: its body is empty");
    check_fails(f->db, vg_create(f->db, &twice_schema), VG_SCHEMA,
                "SCHEMA(twice_schema): two tables are named \"authors\"");
    check_rows(f->db, "select count(*) from sqlite_master where name like '%view%'",
               "1");
}

/* Proves: S114. */
static void test_view__introspection(void **state)
{
    fixture *f = *state;
    vg_rendered out;
    assert_true(vg_is_view(&popular.vg_shape) && !vg_is_table(&popular.vg_shape));
    assert_true(vg_is_table(&posts.vg_shape) && !vg_is_view(&posts.vg_shape));
    assert_true(vg_is_alias(&pop.vg_shape) && pop.vg_shape.base == &popular.vg_shape);
    assert_string_equal(vg_table_name(&tallies.vg_shape), "author_tallies");
    assert_string_equal(vg_column_name(vg_find_column(&tallies.vg_shape, "n")),
                        "n posts");
    assert_string_equal(vg_column_name(vg_find_column(&finished.vg_shape, "title")),
                        "the title");
    assert_null(vg_find_column(&popular.vg_shape, "id"));
    assert_int_equal(popular.vg_shape.column_count, 3);
    assert_int_equal(view_sql(f, &out, &tallies.vg_shape), VG_OK);
    assert_int_equal(strncmp(out.text, "select a.name, count(*)", 23), 0);
    assert_int_equal(view_sql(f, &out, &old_view.vg_shape), VG_OK);
    assert_null(out.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_view__of_a_query, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__in_joins_and_aliases, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_view__of_a_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__of_sql, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__existing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__after_what_it_uses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__literals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__what_cannot_be_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_view__introspection, setup, teardown),
    };
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
