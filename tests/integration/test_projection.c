/* PROJECTION: fields of one's own, whole rows inside a row, and what their types
 * hold. */
#include "check.h"
#include "library.h"

// clang-format off
PROJECTION(book_card,
    FIELD(title,  books.title),
    FIELD(pages,  books.pages),
    FIELD(double_price, MUL(books.price, 2)),
    FIELD(is_long, GT(books.pages, 100)),
    FIELD(author, NULLABLE(authors.name)))

PROJECTION(book_text, FIELD(title, books.title), FIELD(shout, UPPER(books.title)))
PROJECTION(title_only, FIELD(title, books.title))
PROJECTION(aliased, FIELD(shout, AS(UPPER(books.title), loud)))
PROJECTION(author_stats,
    FIELD(author, authors.name),
    FIELD(n,      COUNT(books.id)),
    FIELD(pages,  SUM(books.pages)),
    FIELD(mean,   AVG(books.pages)),
    FIELD(first,  MIN(books.title)))
PROJECTION(typed_sql,
    FIELD(i, SQL(INTEGER, "41 + 1")),
    FIELD(r, SQL(REAL, "0.5")),
    FIELD(t, SQL(TEXT, "'it''s ? fine'")),
    FIELD(b, SQL(BOOLEAN, "1")),
    FIELD(at, SQL(TIMESTAMP, "'2026-11-21'")),
    FIELD(none, NULLABLE(SQL(INTEGER, "null"))),
    FIELD(blob, SQL(BLOB, "x'0102'")),
    FIELD(u, SQL(UUID, "'00112233-4455-6677-8899-aabbccddeeff'")),
    FIELD(n, SQL(NUMERIC, "1.5")),
    FIELD(j, SQL(JSON, "'[1]'")))
PROJECTION(book_and_author,
    ROW(book, books), OPT_ROW(author, authors), FIELD(n, books.id))
PROJECTION(wrong_null, FIELD(title, books.title), FIELD(author, authors.name))
PROJECTION(nested_projection, ROW(card, title_only))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Fields land in the members that were declared for them. */
/* Proves: Q002 Q003 Q005. */
static void test_projection__fields(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"books\".\"title\", \"books\".\"pages\", \"books\".\"price\" * ?, "
        "\"books\".\"pages\" > ?, \"authors\".\"name\" from \"books\" left join "
        "\"authors\" on \"books\".\"author_id\" = \"authors\".\"id\" order by "
        "\"books\".\"id\"",
        "[2,100]", SELECT(book_card), FROM(books),
        LEFT_JOIN(authors, EQ(books.author_id, authors.id)), ORDER_BY(books.id));
    book_card_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(book_card), FROM(books),
                           LEFT_JOIN(authors, EQ(books.author_id, authors.id)),
                           WHERE(IS_NOT_NULL(books.pages)), ORDER_BY(books.id)));
    assert_int_equal(list.len, 4);
    check_text(list.data[0].title, "Notes");
    assert_true(list.data[0].pages.has && list.data[0].pages.v == 66);
    assert_true(list.data[0].double_price == 19.0);
    assert_false(list.data[0].is_long);
    check_text(list.data[0].author, "Ada");
    assert_true(list.data[1].is_long);
    assert_null(list.data[3].author);
}

/* A comparison with NULL is NULL, which no bool holds: an error that names the
 * field. */
static void test_projection__null_predicate(void **state)
{
    fixture *f = *state;
    book_card_list list;
    check_fails(f->db,
                vg_all(f->db, &f->arena, &list, SELECT(book_card), FROM(books),
                       LEFT_JOIN(authors, EQ(books.author_id, authors.id))),
                VG_NULL_VALUE,
                "book_card.is_long is NULL, but the field cannot hold one; if that is "
                "right (an "
                "outer join), say FIELD(is_long, NULLABLE(...)) or OPT_ROW");
    assert_int_equal(list.len, 0);
}

/* A NOT NULL field of the outer side of a join, met by a NULL. */
/* Proves: Q016. */
static void test_projection__null_of_outer_join(void **state)
{
    fixture *f = *state;
    struct wrong_null *row;
    check_fails(f->db,
                vg_one(f->db, &f->arena, &row, SELECT(wrong_null), FROM(books),
                       LEFT_JOIN(authors, EQ(books.author_id, authors.id)),
                       WHERE(EQ(books.id, 5))),
                VG_NULL_VALUE,
                "wrong_null.author is NULL, but the field cannot hold one; if that is "
                "right (an "
                "outer join), say FIELD(author, NULLABLE(...)) or OPT_ROW");
    assert_null(row);
    assert_non_null(strstr(vg_errinfo(f->db)->sql, "left join"));
}

/* An order by a field of the projection, and a name of one's own. */
/* Proves: S064 Q029 Q076. */
static void test_projection__order_by_field(void **state)
{
    fixture *f = *state;
    check_sql("select \"title\", upper(\"title\") from \"books\" order by "
              "upper(\"books\".\"title\") desc",
              "[]", SELECT(book_text), FROM(books), ORDER_BY(DESC(book_text.shout)));
    check_sql("select upper(\"title\") as \"loud\" from \"books\"", "[]",
              SELECT(aliased), FROM(books));
    /* A field with values of its own brings them along again. */
    check_sql(
        "select \"books\".\"title\", \"books\".\"pages\", \"books\".\"price\" * ?, "
        "\"books\".\"pages\" > ?, \"authors\".\"name\" from \"books\" cross join "
        "\"authors\" order by \"books\".\"price\" * ? desc limit ?",
        "[2,100,2,1]", SELECT(book_card), FROM(books), CROSS_JOIN(authors),
        ORDER_BY(DESC(book_card.double_price)), LIMIT(1));
    book_text_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(book_text), FROM(books),
                           ORDER_BY(DESC(book_text.shout)), LIMIT(1)));
    assert_int_equal(list.len, 1);
    check_text(list.data[0].shout, "THE C BOOK");
    check_text(list.data[0].title, "The C Book");
}

/* Duplicates of the fields, not of the rows. */
/* Proves: Q007. */
static void test_projection__distinct(void **state)
{
    fixture *f = *state;
    title_only_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_DISTINCT(title_only),
                           FROM(books), INNER_JOIN(loans, EQ(loans.book_id, books.id)),
                           ORDER_BY(books.title)));
    assert_int_equal(list.len, 2);
    check_text(list.data[0].title, "Notes");
}

/* Groups with aggregates; a group without rows has NULLs. */
/* Proves: Q028 Q087. */
static void test_projection__aggregates(void **state)
{
    fixture *f = *state;
    author_stats_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(author_stats), FROM(authors),
                           LEFT_JOIN(books, EQ(books.author_id, authors.id)),
                           GROUP_BY(authors.id), ORDER_BY(authors.id)));
    assert_int_equal(list.len, 4);
    struct author_stats *brian = &list.data[1], *dan = &list.data[3];
    check_text(brian->author, "Brian");
    assert_int_equal(brian->n, 2);
    assert_true(brian->pages.has && brian->pages.v == 272);
    assert_true(brian->mean.has && brian->mean.v == 272.0);
    check_text(brian->first, "Pipes");
    check_text(dan->author, "Dan");
    assert_int_equal(dan->n, 0);
    assert_false(dan->pages.has || dan->mean.has);
    assert_null(dan->first);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(author_stats), FROM(authors),
                           LEFT_JOIN(books, EQ(books.author_id, authors.id)),
                           GROUP_BY(authors.id), HAVING(GT(COUNT(books.id), 1))));
    assert_int_equal(list.len, 1);
}

/* Fragments of a declared type. */
/* Proves: Q003 Q077. */
static void test_projection__typed_sql_on_sqlite(void **state)
{
    fixture *f = *state;
    struct typed_sql row;
    check_ok(f->db, vg_get(f->db, &f->arena, &row, SELECT(typed_sql)));
    assert_int_equal(row.i, 42);
    assert_true(row.r == 0.5 && row.b);
    check_text(row.t, "it's ? fine");
    assert_true(row.at.us == INT64_C(1795219200000000));
    assert_false(row.none.has);
    assert_int_equal(row.blob.len, 2);
    assert_int_equal(row.u.bytes[0], 0);
    assert_int_equal(row.u.bytes[15], 255);
    check_text(row.n, "1.5");
    check_text(row.j, "[1]");
}

/* Whole rows inside a row; the optional one is NULL when it is all NULL, and the fields
 * after it are still the right ones. */
/* Proves: Q006 Q014 Q015 Q002. */
static void test_projection__rows(void **state)
{
    fixture *f = *state;
    book_and_author_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(book_and_author), FROM(books),
                    LEFT_JOIN(authors, EQ(books.author_id, authors.id)),
                    ORDER_BY(books.id)));
    assert_int_equal(list.len, 5);
    check_text(list.data[0].book.title, "Notes");
    assert_non_null(list.data[0].author);
    check_text(list.data[0].author->name, "Ada");
    assert_false(list.data[0].author->mentor_id.has);
    assert_false(list.data[0].author->alive);
    check_text(list.data[3].author->name, "Clara");
    assert_false(list.data[3].author->born.has);
    assert_null(list.data[4].author);
    check_text(list.data[4].book.title, "Anonymous");
    assert_false(list.data[4].book.author_id.has);
    for (size_t i = 0; i < list.len; i++)
        assert_int_equal(list.data[i].n, i + 1);
}

/* What is no source of rows is refused, with what to do instead. */
/* Proves: Q009 Q010. */
static void test_projection__refusals(void **state)
{
    (void)state;
    check_no_sql("title_only is a projection, no source of rows: give it an ALIAS and "
                 "fill it by "
                 "SUBQUERY",
                 SELECT_VALUE(COUNT()), FROM(title_only));
    check_no_sql("nested_projection.card: a ROW holds a table or an alias, and cannot "
                 "stand in a "
                 "SUBQUERY or VIEW",
                 SELECT(nested_projection), FROM(books));
    check_no_sql(
        "column books.title: books is not in FROM; add FROM(books) or a join with it",
        SELECT(title_only));
    check_no_sql(
        "column books.title: books is not in FROM; add FROM(books) or a join with it",
        SELECT(title_only), FROM(authors));
    check_no_sql("column book_text.shout: book_text is not in FROM; add "
                 "FROM(book_text) or a join "
                 "with it",
                 SELECT(title_only), FROM(books), ORDER_BY(book_text.shout));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(test_projection__fields),
        TEST(test_projection__null_predicate),
        TEST(test_projection__null_of_outer_join),
        TEST(test_projection__order_by_field),
        TEST(test_projection__distinct),
        TEST(test_projection__aggregates),
        TEST(test_projection__typed_sql_on_sqlite),
        TEST(test_projection__rows),
        TEST(test_projection__refusals),
    };
    return run_portable_tests(tests);
}
