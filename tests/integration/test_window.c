/* Windows and filtered aggregates: what they render to, what they compute, and where they
 * are refused. */
#include "check.h"
#include "library.h"

// clang-format off
PROJECTION(ranked,
    FIELD(id,     books.id),
    FIELD(number, OVER(ROW_NUMBER(), ORDER_BY(DESC(books.price)))),
    FIELD(rank,   OVER(RANK(), ORDER_BY(books.author_id))),
    FIELD(dense,  OVER(DENSE_RANK(), ORDER_BY(books.author_id))),
    FIELD(half,   OVER(NTILE(2), ORDER_BY(books.id))),
    FIELD(before, OVER(LAG(books.id), ORDER_BY(books.id))),
    FIELD(after,  OVER(LEAD(books.id, 2, -1), ORDER_BY(books.id))),
    FIELD(sum,    OVER(SUM(books.id), ORDER_BY(books.id),
                       ROWS_BETWEEN(PRECEDING(1), FOLLOWING(1)))))
ALIAS(placed, ranked)

PROJECTION(named,
    FIELD(id,    books.id),
    FIELD(first, OVER_WINDOW(FIRST_VALUE(books.id), w)),
    FIELD(last,  OVER_WINDOW(LAST_VALUE(books.id), w)),
    FIELD(nth,   OVER_WINDOW(NTH_VALUE(books.id, 2), w)),
    FIELD(few,   OVER_WINDOW(FILTER(COUNT(), GT(books.price, 9)), w)))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Proves: Q089. */
static void test_window__functions_on_sqlite(void **state)
{
    fixture *f = *state;
    ranked_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(ranked), FROM(books),
                           ORDER_BY(books.id)));
    assert_int_equal(list.len, 5);
    const struct ranked *r = list.data;
    assert_int_equal(r[0].number, 3);
    assert_int_equal(r[1].number, 1);
    assert_int_equal(r[3].rank, 5);
    assert_int_equal(r[3].dense, 4);
    assert_int_equal(r[2].half, 1);
    assert_int_equal(r[3].half, 2);
    assert_false(r[0].before.has);
    assert_int_equal(r[4].before.v, 4);
    assert_int_equal(r[0].after, 3);
    assert_int_equal(r[4].after, -1);
    assert_int_equal(r[0].sum.v, 3);
    assert_int_equal(r[1].sum.v, 6);
}

/* Proves: Q089. */
static void test_window__named(void **state)
{
    fixture *f = *state;
    named_list list;
    check_sql(
        "select \"id\", first_value(\"id\") over \"w\", last_value(\"id\") over "
        "\"w\", nth_value(\"id\", ?) over \"w\", count(*) filter (where \"price\" > "
        "?) over \"w\" from \"books\" where \"books\".\"id\" < ? window \"w\" as "
        "(partition by \"books\".\"author_id\" order by \"books\".\"id\" rows between "
        "unbounded preceding and unbounded following) order by \"books\".\"id\"",
        "[2,9,5]", SELECT(named), FROM(books), WHERE(LT(books.id, 5)),
        WINDOW(w, PARTITION_BY(books.author_id), ORDER_BY(books.id),
               ROWS_BETWEEN(UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING)),
        ORDER_BY(books.id));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(named), FROM(books),
                    WINDOW(w, PARTITION_BY(books.author_id), ORDER_BY(books.id),
                           ROWS_BETWEEN(UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING)),
                    ORDER_BY(books.id)));
    assert_int_equal(list.data[1].first.v, 2);
    assert_int_equal(list.data[1].last.v, 3);
    assert_int_equal(list.data[1].nth.v, 3);
    assert_false(list.data[0].nth.has);
    assert_int_equal(list.data[2].few, 2);
}

static void test_window__frames(void **state)
{
    (void)state;
#define FRAMED(text, params, ...)                                       \
    check_sql("select count(*) over (" text ") from \"books\"", params, \
              SELECT_VALUE(OVER(COUNT(), __VA_ARGS__)), FROM(books))
    FRAMED("rows between ? preceding and ? following exclude current row", "[1,2]",
           ROWS_BETWEEN(PRECEDING(1), FOLLOWING(2), EXCLUDE_CURRENT_ROW));
    FRAMED("order by \"id\" range between current row and unbounded following "
           "exclude group",
           "[]", RANGE_BETWEEN(CURRENT_ROW, UNBOUNDED_FOLLOWING, EXCLUDE_GROUP),
           ORDER_BY(books.id));
    FRAMED(
        "partition by \"id\", \"pages\" order by \"id\" desc groups between unbounded "
        "preceding and current row exclude ties",
        "[]", PARTITION_BY(books.id, books.pages), ORDER_BY(DESC(books.id)),
        GROUPS_BETWEEN(UNBOUNDED_PRECEDING, CURRENT_ROW, EXCLUDE_TIES));
#undef FRAMED
    check_sql("select count(*) over () from \"books\"", "[]",
              SELECT_VALUE(OVER(COUNT())), FROM(books));
    check_sql("select percent_rank() over (), cume_dist() over () from \"books\"", "[]",
              SELECT_VALUE(SQL(TEXT, "?, ?", OVER(PERCENT_RANK()), OVER(CUME_DIST()))),
              FROM(books));
    check_no_sql("a frame's PRECEDING or FOLLOWING is below 0, or beyond what fits",
                 SELECT_VALUE(OVER(COUNT(), ROWS_BETWEEN(PRECEDING(-1), CURRENT_ROW))),
                 FROM(books));
}

/* A window function is filtered by way of a subquery. */
static void test_window__in_subquery(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    check_ok(f->db, vg_all(f->db, &f->arena, &ids, SELECT_VALUE(placed.id),
                           FROM(SUBQUERY(placed, SELECT(ranked), FROM(books))),
                           WHERE(LTE(placed.number, 2)), ORDER_BY(placed.number)));
    assert_int_equal(ids.len, 2);
    assert_int_equal(ids.data[0], 2);
    assert_int_equal(ids.data[1], 3);
}

/* Proves: Q087. */
static void test_window__aggregates(void **state)
{
    fixture *f = *state;
    const char *joined = NULL;
    double total = -1;
    int64_t few = -1;
    check_ok(f->db, vg_get(f->db, &f->arena, &joined,
                           SELECT_VALUE(GROUP_CONCAT(books.title, "+")), FROM(books),
                           WHERE(GT(books.id, 3))));
    check_text(joined, "Letters+Anonymous");
    check_ok(f->db, vg_get(f->db, &f->arena, &total, SELECT_VALUE(TOTAL(books.pages)),
                           FROM(books), WHERE(EQ(books.id, 3))));
    assert_true(total == 0);
    check_sql("select count(*) filter (where \"price\" > ?) from \"books\"", "[9]",
              SELECT_VALUE(FILTER(COUNT(), GT(books.price, 9))), FROM(books));
    check_ok(f->db,
             vg_get(f->db, &f->arena, &few,
                    SELECT_VALUE(FILTER(COUNT(), GT(books.price, 9))), FROM(books)));
    assert_int_equal(few, 3);
    check_sql("select count(*) from \"books\"", "[]",
              SELECT_VALUE(FILTER(COUNT(), SKIP)), FROM(books));
    check_sql(
        "select sum(count(*)) over () from \"books\" group by \"books\".\"pages\"",
        "[]", SELECT_VALUE(OVER(SUM(COUNT()))), FROM(books), GROUP_BY(books.pages));
}

/* What cannot stand there is refused with the way out. */
static void test_window__refusals(void **state)
{
    (void)state;
#define IDS SELECT_VALUE(books.id)
    check_no_sql("COUNT is an aggregate, which cannot stand in WHERE; use HAVING or a "
                 "subquery",
                 IDS, WHERE(GT(COUNT(), 1)));
    check_no_sql(
        "SUM is an aggregate, which cannot stand in an aggregate; use HAVING or "
        "a subquery",
        SELECT_VALUE(MAX(SUM(books.id))), FROM(books));
    check_no_sql("MAX is an aggregate, which cannot stand in GROUP_BY; use HAVING or a "
                 "subquery",
                 IDS, GROUP_BY(MAX(books.id)));
    check_no_sql(
        "MIN is an aggregate, which cannot stand in the condition of a join; use "
        "HAVING or a subquery",
        IDS, FROM(books), LEFT_JOIN(authors, EQ(MIN(books.id), authors.id)));
    check_no_sql(
        "a window function (OVER) cannot stand in WHERE: select it in a SUBQUERY "
        "and filter that",
        IDS, WHERE(GT(OVER(RANK(), ORDER_BY(books.id)), 1)));
    check_no_sql(
        "a window function (OVER) cannot stand in HAVING: select it in a SUBQUERY "
        "and filter that",
        IDS, GROUP_BY(books.id), HAVING(GT(OVER(RANK()), 1)));
    check_no_sql("RANK is a window function: say OVER(RANK(...), ...)",
                 SELECT_VALUE(RANK()), FROM(books));
    check_no_sql("OVER takes an aggregate or a window function, such as ROW_NUMBER()",
                 SELECT_VALUE(OVER(UPPER(books.title))), FROM(books));
    check_no_sql("FILTER takes an aggregate, such as COUNT()",
                 SELECT_VALUE(FILTER(UPPER(books.title), EQ(books.id, 1))),
                 FROM(books));
    check_no_sql(
        "OVER and WINDOW take PARTITION_BY, ORDER_BY and ROWS_BETWEEN, each once",
        SELECT_VALUE(OVER(COUNT(), LIMIT(1))), FROM(books));
    check_no_sql(
        "the statement is not valid: PARTITION_BY and ROWS_BETWEEN stand inside "
        "OVER or WINDOW",
        IDS, PARTITION_BY(books.id));
    /* One over the rows of the query outside is one of that query. */
    check_sql(
        "select \"id\" from \"books\" group by \"books\".\"id\" having exists (select "
        "\"id\" from \"authors\" where \"authors\".\"id\" = max(\"books\".\"id\"))",
        "[]", IDS, GROUP_BY(books.id),
        HAVING(EXISTS(SELECT_VALUE(authors.id), WHERE(EQ(authors.id, MAX(books.id))))));
#undef IDS
}

/* Statements that differ in the window alone are different statements. */
static void test_window__signature(void **state)
{
    fixture *f = *state;
    for (int64_t n = 0; n < 3; n++) {
        int64_t most = -1;
        check_ok(f->db,
                 vg_get(f->db, &f->arena, &most,
                        SELECT_VALUE(OVER(COUNT(), ORDER_BY(books.id),
                                          ROWS_BETWEEN(PRECEDING(n), CURRENT_ROW))),
                        FROM(books), ORDER_BY(books.id), LIMIT(1), OFFSET(4)));
        assert_int_equal(most, n + 1);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    struct CMUnitTest tests[] = {
        TEST(test_window__functions_on_sqlite),
        TEST(test_window__named),
        TEST(test_window__frames),
        TEST(test_window__in_subquery),
        TEST(test_window__aggregates),
        TEST(test_window__refusals),
        TEST(test_window__signature),
    };
    return run_portable_tests(tests);
}
