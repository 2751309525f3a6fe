/* Statements made of queries: CTEs and set operations. */
#include "check.h"
#include "library.h"
#include <stdio.h>

// clang-format off
PROJECTION(card,
    FIELD(title, books.title), FIELD(author, NULLABLE(authors.name)))
ALIAS(recent, card)
PROJECTION(id_of, FIELD(id, authors.id))
ALIAS(w, id_of)
ALIAS(old, authors)

PROJECTION(step, FIELD(id, authors.id), FIELD(depth, SQL(INTEGER, "0")))
ALIAS(tree, step)
PROJECTION(below, FIELD(id, authors.id), FIELD(depth, ADD(tree.depth, 1)))
PROJECTION(named_step, FIELD(name, authors.name), FIELD(depth, tree.depth))

PROJECTION(number, FIELD(i, SQL(INTEGER, "1")))
ALIAS(series, number)
PROJECTION(next_number, FIELD(i, ADD(series.i, 1)))
ALIAS(more, number)
PROJECTION(sum_of, FIELD(i, NULLABLE(ADD(series.i, more.i))))

PROJECTION(two_texts, FIELD(a, authors.name), FIELD(b, authors.name))
PROJECTION(text_and_number, FIELD(a, authors.name), FIELD(b, authors.id))
PROJECTION(upper_title, FIELD(up, UPPER(books.title)))
PROJECTION(upper_name, FIELD(up, UPPER(authors.name)))
ALIAS(ups, upper_title)
PROJECTION(author_id, FIELD(id, authors.id), FIELD(title, books.title))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Proves: Q019 Q009. */
static void test_cte__select(void **state)
{
    fixture *f = *state;
    card_list cards;
    check_ok(f->db, vg_all(f->db, &f->arena, &cards,
                           CTE(recent, SELECT(card), FROM(books),
                               LEFT_JOIN(authors, EQ(authors.id, books.author_id)),
                               ORDER_BY(DESC(books.id)), LIMIT(2)),
                           SELECT(recent), ORDER_BY(recent.title)));
    assert_int_equal(cards.len, 2);
    check_text(cards.data[0].title, "Anonymous");
    assert_null(cards.data[0].author);
    check_text(cards.data[1].author, "Clara");
    check_sql(
        "with \"w\" as (select \"id\" from \"authors\" where \"authors\".\"born\" > "
        "?) select \"authors\".\"name\" from \"authors\" inner join \"w\" on "
        "\"w\".\"id\" = \"authors\".\"id\" where \"authors\".\"id\" < ?",
        "[1800,9]", CTE(w, SELECT(id_of), FROM(authors), WHERE(GT(authors.born, 1800))),
        SELECT_VALUE(authors.name), FROM(authors), INNER_JOIN(w, EQ(w.id, authors.id)),
        WHERE(LT(authors.id, 9)));
}

/* Several; a later one uses an earlier one; the alias may be a table's; they may stand
 * behind the head, and around a count. */
static void test_cte__several(void **state)
{
    fixture *f = *state;
    vg_text_list names;
    check_sql(
        "with \"w\" as (select \"id\" from \"authors\" limit ?), \"old\" as (select "
        "\"authors\".\"id\", \"authors\".\"name\", \"authors\".\"born\", "
        "\"authors\".\"mentor_id\", \"authors\".\"alive\" from \"authors\" inner "
        "join \"w\" on \"w\".\"id\" = \"authors\".\"id\") select \"name\" from "
        "\"old\" where \"old\".\"id\" > ?",
        "[3,1]", SELECT_VALUE(old.name), FROM(old), WHERE(GT(old.id, 1)),
        CTE(w, SELECT(id_of), FROM(authors), LIMIT(3)),
        CTE(old, SELECT(authors), FROM(authors), INNER_JOIN(w, EQ(w.id, authors.id))));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &names,
                    CTE(w, SELECT(id_of), FROM(authors), WHERE(LT(authors.id, 4))),
                    CTE(old, SELECT(authors), INNER_JOIN(w, EQ(w.id, authors.id))),
                    SELECT_VALUE(old.name), WHERE(GT(old.id, 1)), ORDER_BY(old.id)));
    assert_int_equal(names.len, 2);
    check_text(names.data[0], "Brian");
    int64_t n;
    check_ok(f->db, vg_count(f->db, &n, CTE(w, SELECT(id_of), FROM(authors)), FROM(w)));
    assert_int_equal(n, 4);
}

/* Proves: Q024. */
static void test_cte__recursive_on_sqlite(void **state)
{
    fixture *f = *state;
    named_step_list steps;
    check_ok(
        f->db,
        vg_all(f->db, &f->arena, &steps,
               CTE_RECURSIVE(
                   tree, SELECT(step), FROM(authors), WHERE(IS_NULL(authors.mentor_id)),
                   UNION_ALL(SELECT(below), FROM(authors),
                             INNER_JOIN(tree, EQ(tree.id, authors.mentor_id)))),
               SELECT(named_step), FROM(tree),
               INNER_JOIN(authors, EQ(authors.id, tree.id)), ORDER_BY(authors.id)));
    assert_int_equal(steps.len, 4);
    check_text(steps.data[3].name, "Dan");
    assert_int_equal(steps.data[3].depth, 2);
    assert_int_equal(steps.data[0].depth, 0);

    for (int last = 3; last < 6; last++) {
        int64_t sum;
        check_ok(f->db,
                 vg_get(f->db, NULL, &sum,
                        CTE_RECURSIVE(series, SELECT(number),
                                      UNION_ALL(SELECT(next_number), FROM(series),
                                                WHERE(LT(series.i, last)))),
                        SELECT_VALUE(COUNT(series.i))));
        assert_int_equal(sum, last);
    }
    check_sql(
        "with recursive \"series\" as (select 1 as \"i\" union all select \"i\" + ? "
        "from \"series\" limit ?) select \"i\" from \"series\"",
        "[1,4]",
        CTE_RECURSIVE(series, SELECT(number),
                      UNION_ALL(SELECT(next_number), FROM(series)), LIMIT(4)),
        SELECT(series));
}

/* Proves: Q024. */
static void test_cte__materialized(void **state)
{
    fixture *f = *state;
    number_list list;
    check_sql(
        "with \"series\" as materialized (select 1 as \"i\"), \"more\" as not "
        "materialized (select 1 as \"i\") select \"series\".\"i\" + \"more\".\"i\" "
        "from \"series\" cross join \"more\"",
        "[]", CTE_MATERIALIZED(series, SELECT(number)),
        CTE_NOT_MATERIALIZED(more, SELECT(number)), SELECT(sum_of), FROM(series),
        CROSS_JOIN(more));
    check_ok(f->db, vg_all(f->db, &f->arena, &list,
                           CTE_MATERIALIZED(series, SELECT(number)), SELECT(series)));
    assert_int_equal(list.data[0].i, 1);
}

/* A CTE from text, a source from text, and one CTE twice under two names. */
/* Proves: Q022 Q009. */
static void test_cte__raw_on_sqlite(void **state)
{
    fixture *f = *state;
    number_list list;
    sum_of_list sums;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list,
                    CTE(series, RAW_SELECT(number, "select ? as i union select 7", 5)),
                    SELECT(series), ORDER_BY(DESC(series.i))));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].i, 7);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(series),
                           FROM(SUBQUERY(series, RAW_SELECT(number,
                                                            "select value as i from "
                                                            "json_each(?)",
                                                            "[3,4]"))),
                           WHERE(GT(series.i, 3))));
    assert_int_equal(list.len, 1);
    assert_int_equal(list.data[0].i, 4);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &sums,
                    CTE(series, RAW_SELECT(number, "select 3 as i")), SELECT(sum_of),
                    FROM(series), CROSS_JOIN(SUBQUERY(more, SELECT(series)))));
    assert_int_equal(sums.data[0].i.v, 6);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, CTE(series, SELECT(number)),
                           RAW_SELECT(number, "select i + ? from series", 1)));
    assert_int_equal(list.data[0].i, 2);
}

/* Proves: Q020 Q021. */
static void test_cte__around_writes_on_sqlite(void **state)
{
    fixture *f = *state;
    authors_list gone;
    check_ok(f->db, vg_exec(f->db,
                            CTE(w, SELECT(id_of), FROM(authors),
                                WHERE(GT(authors.born, 1900))),
                            UPDATE(authors, SET(alive, false)),
                            WHERE(IN(authors.id, SCALAR(w.id, FROM(w))))));
    assert_int_equal(vg_changes(f->db), 2);
    check_rows(f->db, "select group_concat(id) from authors where not alive", "1,2,4");
    check_ok(
        f->db,
        vg_all(f->db, &f->arena, &gone,
               CTE(w, SELECT(id_of), FROM(authors), WHERE(EQ(authors.name, "Dan"))),
               DELETE_FROM(authors), WHERE(IN(authors.id, SCALAR(w.id, FROM(w)))),
               RETURNING(authors)));
    assert_int_equal(gone.len, 1);
    check_text(gone.data[0].name, "Dan");
    check_ok(f->db, vg_exec(f->db, CTE(w, SELECT(id_of), FROM(authors)),
                            INSERT_INTO(authors, SET(name, "Eve"),
                                        SET(mentor_id, SCALAR(MAX(w.id), FROM(w))))));
    check_rows(f->db, "select mentor_id from authors where name = 'Eve'", "3");
}

/* In a subquery; not seen outside of it. */
static void test_cte__nested(void **state)
{
    fixture *f = *state;
    int64_t n;
    check_ok(f->db, vg_count(f->db, &n, FROM(books),
                             WHERE(IN(books.author_id,
                                      SCALAR(w.id,
                                             CTE(w, SELECT(id_of), FROM(authors),
                                                 WHERE(LT(authors.id, 3))),
                                             FROM(w))))));
    assert_int_equal(n, 3);
    check_no_sql(
        "w is the alias of a projection: say FROM(SUBQUERY(w, SELECT(...), ...)) "
        "or fill it by a CTE",
        SELECT_VALUE(w.id), FROM(w),
        WHERE(EXISTS(CTE(w, SELECT(id_of), FROM(authors)), SELECT(w))));
}

/* PostgreSQL's alone. */
static void test_cte__refused(void **state)
{
    (void)state;
    check_no_sql("CTE(authors): its name is an ALIAS of what the query selects",
                 CTE(authors, SELECT(authors)), SELECT(authors));
    check_no_sql("two CTEs are named w", CTE(w, SELECT(id_of), FROM(authors)),
                 CTE(w, SELECT(id_of), FROM(authors)), SELECT(w));
    check_no_sql("CTE(old): sqlite takes no INSERT, UPDATE or DELETE in a CTE",
                 CTE(old, DELETE_FROM(authors), ALL_ROWS, RETURNING(authors)),
                 SELECT(old));
    check_no_sql(
        "series is the alias of a projection: say FROM(SUBQUERY(series, "
        "SELECT(...), ...)) or fill it by a CTE",
        CTE(series, SELECT(number), UNION_ALL(SELECT(next_number), FROM(series))),
        SELECT(series));
    struct authors_new row = {.name = "x"};
    check_no_sql("INSERT_INTO(authors): VALUES takes no CTE",
                 CTE(w, SELECT(id_of), FROM(authors)),
                 INSERT_INTO(authors, VALUES(&row)));
}

#define IDS SELECT_VALUE(authors.id)

/* Proves: Q025. */
static void test_set__operators(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *word;
        vg_set_op op;
        const char *expected;
    } cases[] = {{"union", VG_SET_UNION, "1,2,3,4,5"},
                 {"union all", VG_SET_UNION_ALL, "1,1,2,2,3,3,4,4,5"},
                 {"intersect", VG_SET_INTERSECT, "1,2,3,4"},
                 {"except", VG_SET_EXCEPT, "5"}};
    vg_int_list ids[4];
    check_ok(f->db, vg_all(f->db, &f->arena, &ids[0], SELECT_VALUE(books.id),
                           UNION(IDS), ORDER_BY(books.id)));
    check_ok(f->db, vg_all(f->db, &f->arena, &ids[1], SELECT_VALUE(books.id),
                           UNION_ALL(IDS), ORDER_BY(books.id)));
    check_ok(f->db, vg_all(f->db, &f->arena, &ids[2], SELECT_VALUE(books.id),
                           INTERSECT(IDS), ORDER_BY(books.id)));
    check_ok(f->db, vg_all(f->db, &f->arena, &ids[3], SELECT_VALUE(books.id),
                           EXCEPT(IDS), ORDER_BY(books.id)));
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char got[64] = "";
        for (size_t k = 0; k < ids[i].len; k++)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%d", k ? "," : "",
                     (int)ids[i].data[k]);
        check_text(got, cases[i].expected);
    }
}

/* What belongs to the whole, and what to one query. */
/* Proves: Q027. */
static void test_set__grouping(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    check_sql(
        "select \"id\" from \"authors\" union select * from (select \"id\" from "
        "\"books\" union all select \"author_id\" from \"books\" where "
        "\"books\".\"author_id\" > ? limit ?) except select \"id\" from \"authors\" "
        "where \"authors\".\"id\" = ? order by \"id\" desc limit ? offset ?",
        "[0,3,2,9,1]", IDS,
        UNION(SELECT_VALUE(books.id),
              UNION_ALL(SELECT_VALUE(SQL(INTEGER, "?", books.author_id)), FROM(books),
                        WHERE(GT(books.author_id, 0))),
              LIMIT(3)),
        EXCEPT(IDS, WHERE(EQ(authors.id, 2))), ORDER_BY(DESC(authors.id)), LIMIT(9),
        OFFSET(1));
    check_ok(f->db, vg_all(f->db, &f->arena, &ids,
                           COMPOUND(SELECT_VALUE(books.id), ORDER_BY(DESC(books.id)),
                                    LIMIT(1)),
                           UNION_ALL(IDS, ORDER_BY(authors.id), LIMIT(2)),
                           ORDER_BY(DESC(books.id))));
    assert_int_equal(ids.len, 3);
    assert_int_equal(ids.data[0], 5);
    assert_int_equal(ids.data[1], 2);
    check_sql(
        "select * from (select \"id\" from \"books\" order by \"books\".\"id\" desc "
        "limit ?) union all select * from (select \"id\" from \"authors\" order by "
        "\"authors\".\"id\" limit ?) order by \"id\" desc",
        "[1,2]", COMPOUND(SELECT_VALUE(books.id), ORDER_BY(DESC(books.id)), LIMIT(1)),
        UNION_ALL(IDS, ORDER_BY(authors.id), LIMIT(2)), ORDER_BY(DESC(books.id)));
    /* text is put into parentheses when there is more to say */
    id_of_list rows;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &rows,
                    RAW_SELECT(id_of, "select id from books order by id limit 1"),
                    UNION(RAW_SELECT(id_of, "select 9 limit 1")),
                    ORDER_BY(DESC(id_of.id))));
    assert_int_equal(rows.len, 2);
    assert_int_equal(rows.data[0].id, 9);
}

/* On every database, whatever its grammar says of INTERSECT. */
static void test_set__from_left_to_right(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    check_ok(f->db, vg_all(f->db, &f->arena, &ids, SELECT_VALUE(books.id),
                           WHERE(EQ(books.id, 1)),
                           UNION(SELECT_VALUE(books.id), WHERE(EQ(books.id, 2))),
                           INTERSECT(SELECT_VALUE(books.id), WHERE(EQ(books.id, 2))),
                           EXCEPT(SELECT_VALUE(books.id), WHERE(EQ(books.id, 3))),
                           INTERSECT(SELECT_VALUE(books.id), WHERE(LT(books.id, 9)))));
    assert_int_equal(ids.len, 1);
    assert_int_equal(ids.data[0], 2);
}

/* Rows of projections; the columns are named by the first query. */
static void test_set__projections_on_sqlite(void **state)
{
    fixture *f = *state;
    upper_title_list list;
    check_sql("select upper(\"title\") as \"up\" from \"books\" union select "
              "upper(\"name\") from \"authors\" order by \"up\" limit ?",
              "[2]", SELECT(upper_title), FROM(books),
              UNION(SELECT(upper_name), FROM(authors)), ORDER_BY(upper_title.up),
              LIMIT(2));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(upper_title), FROM(books),
                           UNION(SELECT(upper_name), FROM(authors)),
                           ORDER_BY(upper_title.up), LIMIT(2)));
    check_text(list.data[1].up, "ANONYMOUS");
    books_list books_of;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &books_of, SELECT(books), WHERE(EQ(books.id, 4)),
                    UNION(SELECT(books), WHERE(EQ(books.id, 2))),
                    ORDER_BY(books.title)));
    check_text(books_of.data[0].title, "Letters");
    card_list cards;
    check_ok(f->db, vg_all(f->db, &f->arena, &cards, SELECT(card), FROM(books),
                           LEFT_JOIN(authors, EQ(authors.id, books.author_id)),
                           UNION(SELECT(card), FROM(books), CROSS_JOIN(authors)),
                           ORDER_BY(books.title, DESC(authors.name)), LIMIT(2)));
    check_text(cards.data[0].author, "Dan");
}

/* Two tables of the first query have a column of that name; its field is ordered by. */
static void test_set__order_by_a_name_of_two_tables(void **state)
{
    fixture *f = *state;
    author_id_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(author_id), FROM(authors),
                    INNER_JOIN(books, EQ(books.author_id, authors.id)),
                    UNION_ALL(SELECT(author_id), FROM(authors),
                              INNER_JOIN(books, EQ(books.author_id, authors.id))),
                    ORDER_BY(DESC(author_id.id), author_id.title)));
    assert_true(list.len > 2);
    for (size_t i = 1; i < list.len; i++)
        assert_true(list.data[i - 1].id >= list.data[i].id);
}

/* Wherever a query may stand. */
static void test_set__nested(void **state)
{
    fixture *f = *state;
    int64_t n;
    upper_title_list list;
    check_ok(f->db,
             vg_count(f->db, &n, FROM(authors),
                      WHERE(IN(authors.id, SCALAR(books.author_id, FROM(books),
                                                  EXCEPT(SELECT_VALUE(books.author_id),
                                                         WHERE(EQ(books.id, 1))))))));
    assert_int_equal(n, 2);
    check_ok(f->db, vg_count(f->db, &n,
                             FROM(SUBQUERY(ups, SELECT(upper_title), FROM(books),
                                           UNION(SELECT(upper_name), FROM(authors))))));
    assert_int_equal(n, 9);
    check_ok(f->db, vg_all(f->db, &f->arena, &list,
                           CTE(ups, SELECT(upper_title), FROM(books),
                               UNION(SELECT(upper_name), FROM(authors))),
                           SELECT(ups), WHERE(EQ(ups.up, "ADA"))));
    assert_int_equal(list.len, 1);
    check_ok(
        f->db,
        vg_count(f->db, &n, FROM(authors),
                 WHERE(EXISTS(SELECT(loans), WHERE(EQ(loans.book_id, authors.id)),
                              INTERSECT(SELECT(loans), WHERE(EQ(loans.day, 1)))))));
    assert_int_equal(n, 2);
    vg_predicate kept = vg_keep(
        &f->arena, IN(authors.id, SCALAR(books.id, UNION(IDS, WHERE(EQ(authors.id, 4))),
                                         CTE(w, SELECT(id_of), FROM(authors)))));
    check_ok(f->db, vg_count(f->db, &n, FROM(authors), WHERE(kept)));
    assert_int_equal(n, 4);
}

/* Proves: Q027. */
static void test_set__refused(void **state)
{
    fixture *f = *state;
    check_no_sql("sqlite has no INTERSECT_ALL", IDS, INTERSECT_ALL(IDS));
    check_no_sql("sqlite has no EXCEPT_ALL", IDS, EXCEPT_ALL(IDS));
    check_no_sql(
        "a query of union does not fit the first: column 2 (b) is text in the first "
        "query and an integer here",
        SELECT(two_texts), FROM(authors),
        UNION(SELECT(text_and_number), FROM(authors)));
    check_no_sql(
        "a query of except does not fit the first: the first query has 2 columns, "
        "this one has 1",
        SELECT(two_texts), FROM(authors), EXCEPT(SELECT(upper_name), FROM(authors)));
    check_no_sql(
        "a query of union all does not fit the first: column 1 (value) may be NULL "
        "here, but not in the first query; say NULLABLE there",
        IDS, UNION_ALL(SELECT_VALUE(authors.born)));
    check_no_sql(
        "ORDER_BY: the result has no column books.title; name one that the first "
        "query selects",
        IDS, UNION(SELECT_VALUE(books.id)), ORDER_BY(books.title));
    check_no_sql(
        "COMPOUND takes set operations, ORDER_BY and LIMIT beside it, no other "
        "clauses",
        COMPOUND(IDS, LIMIT(1)), WHERE(EQ(authors.id, 1)));
    check_no_sql(
        "RAW stands alone; RAW_SELECT takes set operations, ORDER_BY and LIMIT "
        "beside it, no other clauses",
        RAW("select 1"), LIMIT(1));
    int64_t n;
    check_fails(f->db, vg_count(f->db, &n, FROM(authors), UNION(IDS)), VG_INVALID,
                "a set operation is counted in FROM(SUBQUERY(alias, ...))");
}

int main(void)
{
    struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cte__select, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__several, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__recursive_on_sqlite, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__materialized, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__raw_on_sqlite, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__around_writes_on_sqlite, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__nested, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_cte__refused, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_set__operators, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_set__grouping, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_set__projections_on_sqlite, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_set__from_left_to_right, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_set__nested, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_set__order_by_a_name_of_two_tables, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_set__refused, setup, fixture_close),
    };
    return run_portable_tests(tests);
}
