/* Joins: all kinds, aliases and self joins, tables on both sides that find no
 * partner. */
#include "check.h"
#include "library.h"

// clang-format off
ALIAS(grand_mentors, authors)
ALIAS(group_, books) /* the name is SQL's word, too */

PROJECTION(pair,
    OPT_ROW(author, authors),
    OPT_ROW(book, books))
PROJECTION(mentored,
    FIELD(name,   authors.name),
    FIELD(mentor, NULLABLE(mentors.name)),
    FIELD(grand,  NULLABLE(grand_mentors.name)))
PROJECTION(mentor_rows, ROW(author, authors), OPT_ROW(mentor, mentors))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* "Ada/Notes,-/Anonymous" */
static const char *pairs(fixture *f, const pair_list *list)
{
    char *out = vg_arena_alloc(&f->arena, 2048);
    assert_non_null(out);
    out[0] = '\0';
    assert_true(list->len < 30);
    for (size_t i = 0; i < list->len; i++) {
        const struct pair *p = &list->data[i];
        strcat(out, i ? "," : "");
        strcat(out, p->author ? p->author->name : "-");
        strcat(out, "/");
        strcat(out, p->book ? p->book->title : "-");
    }
    return out;
}

#define BY_NAMES ORDER_BY(authors.id, books.id)

/* Who is kept without a partner, and is then a NULL row. */
/* Proves: Q012 Q014 Q015. */
static void test_join__kinds_on_sqlite(void **state)
{
    fixture *f = *state;
    pair_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    INNER_JOIN(books, EQ(books.author_id, authors.id)), BY_NAMES));
    check_text(pairs(f, &list), "Ada/Notes,Brian/The C Book,Brian/Pipes,Clara/Letters");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    LEFT_JOIN(books, EQ(books.author_id, authors.id)), BY_NAMES));
    check_text(pairs(f, &list),
               "Ada/Notes,Brian/The C Book,Brian/Pipes,Clara/Letters,Dan/-");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    RIGHT_JOIN(books, EQ(books.author_id, authors.id)), BY_NAMES));
    check_text(pairs(f, &list),
               "-/Anonymous,Ada/Notes,Brian/The C Book,Brian/Pipes,Clara/Letters");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    FULL_JOIN(books, EQ(books.author_id, authors.id)), BY_NAMES));
    check_text(
        pairs(f, &list),
        "-/Anonymous,Ada/Notes,Brian/The C Book,Brian/Pipes,Clara/Letters,Dan/-");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                           CROSS_JOIN(books), WHERE(GT(books.id, 3)), BY_NAMES));
    check_text(pairs(f, &list),
               "Ada/Letters,Ada/Anonymous,Brian/Letters,Brian/Anonymous,"
               "Clara/Letters,Clara/Anonymous,Dan/Letters,Dan/Anonymous");
}

/* The words. */
/* Proves: Q012. */
static void test_join__text(void **state)
{
    (void)state;
    check_sql(
        "select count(*) from \"books\" inner join \"authors\" on "
        "\"books\".\"author_id\" "
        "= \"authors\".\"id\" cross join \"loans\" right join \"authors\" \"mentors\" "
        "on "
        "(\"mentors\".\"id\" = \"authors\".\"mentor_id\" and \"mentors\".\"born\" > ?)",
        "[1900]", SELECT_VALUE(COUNT()), FROM(books),
        INNER_JOIN(authors, EQ(books.author_id, authors.id)), CROSS_JOIN(loans),
        RIGHT_JOIN(mentors,
                   AND(EQ(mentors.id, authors.mentor_id), GT(mentors.born, 1900))));
    check_sql("select count(*) from \"books\" inner join \"loans\" on true", "[]",
              SELECT_VALUE(COUNT()), FROM(books), INNER_JOIN(loans, SKIP));
}

/* A table joined with itself, twice. */
/* Proves: S074 S110. */
static void test_join__self(void **state)
{
    fixture *f = *state;
    mentored_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(mentored), FROM(authors),
                    LEFT_JOIN(mentors, EQ(mentors.id, authors.mentor_id)),
                    LEFT_JOIN(grand_mentors, EQ(grand_mentors.id, mentors.mentor_id)),
                    ORDER_BY(authors.id)));
    assert_int_equal(list.len, 4);
    check_text(list.data[0].name, "Ada");
    assert_null(list.data[0].mentor);
    check_text(list.data[1].mentor, "Ada");
    assert_null(list.data[1].grand);
    check_text(list.data[3].mentor, "Clara");
    check_text(list.data[3].grand, "Ada");
    mentor_rows_list rows;
    check_ok(f->db, vg_all(f->db, &f->arena, &rows, SELECT(mentor_rows), FROM(authors),
                           LEFT_JOIN(mentors, EQ(mentors.id, authors.mentor_id)),
                           ORDER_BY(authors.id)));
    assert_null(rows.data[0].mentor);
    check_text(rows.data[3].author.name, "Dan");
    check_text(rows.data[3].mentor->name, "Clara");
    assert_false(rows.data[3].mentor->born.has);
}

/* An alias alone is a source, too, and its rows are the table's. */
/* Proves: S110. */
static void test_join__alias_as_source(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"id\", \"name\", \"born\", \"mentor_id\", \"alive\" from \"authors\" "
        "\"mentors\" where \"mentors\".\"born\" is null",
        "[]", SELECT(mentors), WHERE(IS_NULL(mentors.born)));
    authors_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(mentors),
                           WHERE(IS_NULL(mentors.born))));
    assert_int_equal(list.len, 1);
    check_text(list.data[0].name, "Clara");
    int64_t n;
    check_ok(f->db, vg_count(f->db, &n, FROM(group_), WHERE(EQ(group_.id, 1))));
    assert_int_equal(n, 1);
}

/* Names that are not there, or there twice. */
/* Proves: Q017. */
static void test_join__refusals(void **state)
{
    (void)state;
    check_no_sql("column mentors.id: mentors is not in FROM; add FROM(mentors) or a "
                 "join with it",
                 SELECT(authors), WHERE(EQ(mentors.id, 1)));
    check_no_sql("column authors.id: authors is not in FROM; add FROM(authors) or a "
                 "join with it",
                 SELECT(mentors), WHERE(EQ(authors.id, 1)));
    check_no_sql("authors stands twice in FROM: join an ALIAS of it",
                 SELECT_VALUE(COUNT()), FROM(authors),
                 LEFT_JOIN(books, EQ(books.author_id, authors.id)),
                 INNER_JOIN(authors, EQ(authors.id, 2)));
    check_no_sql("mentors stands twice in FROM: join an ALIAS of it",
                 SELECT_VALUE(COUNT()), FROM(mentors), CROSS_JOIN(mentors));
    check_no_sql("a join needs a FROM", SELECT_VALUE(COUNT()), CROSS_JOIN(books));
}

/* As many joins as there may be, and one more. */
static void test_join__limit(void **state)
{
    (void)state;
#define FOUR                                                                   \
    INNER_JOIN(books, SKIP), INNER_JOIN(books, SKIP), INNER_JOIN(books, SKIP), \
        INNER_JOIN(books, SKIP)
    check_no_sql("books stands twice in FROM: join an ALIAS of it",
                 SELECT_VALUE(COUNT()), FROM(authors), FOUR, FOUR, FOUR, FOUR);
    check_no_sql("the statement is not valid: it has more than 16 joins",
                 SELECT_VALUE(COUNT()), FROM(authors), FOUR, FOUR, FOUR, FOUR,
                 CROSS_JOIN(loans));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(test_join__kinds_on_sqlite),
        TEST(test_join__text),
        TEST(test_join__self),
        TEST(test_join__alias_as_source),
        TEST(test_join__refusals),
        TEST(test_join__limit),
    };
    return run_portable_tests(tests);
}
