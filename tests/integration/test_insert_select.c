/* INSERT ... SELECT and DELETE ... USING: rows chosen by other tables. */
#include "check.h"
#include "library.h"

// clang-format off
TABLE(archive,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL, UNIQUE),
    COLUMN(who,   TEXT),
    COLUMN(n,     INTEGER, NOT_NULL, DEFAULT(7)))

TABLE(notes,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, TEXT))

TABLE(tokens,
    COLUMN(id,   UUID, PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v4)),
    COLUMN(name, TEXT, NOT_NULL))

TABLE(shelf,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL),
    COLUMN(upper, TEXT,    GENERATED(VIRTUAL, "upper(title)")))

PROJECTION(author_of, FIELD(id, authors.id), FIELD(name, authors.name))
ALIAS(w, author_of)
ALIAS(old, books)
// clang-format on

SCHEMA(with_archive, authors, books, loans, archive, shelf, tokens)

static int setup(void **state)
{
    return fixture_open(state, &with_archive, LIBRARY_ROWS);
}

/* Proves: Q059 Q060. */
static void test_insert_select__one_table(void **state)
{
    fixture *f = *state;
    check_sql(
        "insert into \"archive\" (\"id\", \"title\", \"n\") select \"id\", "
        "upper(\"title\"), ? from \"books\" where \"books\".\"pages\" < ? order by "
        "\"books\".\"id\" limit ?",
        "[5,200,9]",
        INSERT_INTO(archive, SET(id, books.id), SET(title, UPPER(books.title)),
                    SET(n, 5)),
        FROM(books), WHERE(LT(books.pages, 200)), ORDER_BY(books.id), LIMIT(9));
    check_ok(f->db, vg_exec(f->db,
                            INSERT_INTO(archive, SET(title, UPPER(books.title)),
                                        SET(id, books.id)),
                            FROM(books), WHERE(LT(books.pages, 200))));
    assert_int_equal(vg_changes(f->db), 3);
    check_rows(f->db, "select * from archive order by id",
               "1|NOTES|null|7;4|LETTERS|null|7;5|ANONYMOUS|null|7");
}

/* Joins, grouping, DISTINCT, a source under another name. */
/* Proves: Q059. */
static void test_insert_select__joins(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        vg_exec(f->db,
                INSERT_INTO(archive, SET(title, authors.name), SET(n, COUNT(books.id))),
                FROM(authors), LEFT_JOIN(books, EQ(books.author_id, authors.id)),
                GROUP_BY(authors.id), HAVING(LT(COUNT(books.id), 2)),
                ORDER_BY(authors.name)));
    check_rows(f->db, "select title, n from archive order by id",
               "Ada|1;Clara|1;Dan|0");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(archive), ALL_ROWS));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(archive, SET(title, loans.reader)),
                            FROM(loans), DISTINCT));
    check_rows(f->db,
               "select group_concat(title) from (select title from archive order by 1)",
               "Rue,Sam");
    check_ok(f->db, vg_exec(f->db,
                            INSERT_INTO(books, SET(title, CONCAT(old.title, "!")),
                                        SET(pages, old.pages)),
                            FROM(old), WHERE(EQ(old.id, 1))));
    check_rows(f->db, "select title, pages from books where id = 6", "Notes!|66");
    vg_text_list readers;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &readers, SELECT_VALUE(loans.reader), DISTINCT));
    assert_int_equal(readers.len, 2);
}

/* ON_CONFLICT, RETURNING, CTEs. */
/* Proves: Q059. */
static void test_insert_select__clauses(void **state)
{
    fixture *f = *state;
    archive_list list;
    check_sql(
        "insert into \"archive\" (\"title\") select \"name\" from \"authors\" where "
        "true on conflict (\"title\") do update set \"n\" = \"archive\".\"n\" + ? "
        "returning \"id\"",
        "[1]", INSERT_INTO(archive, SET(title, authors.name)), FROM(authors),
        ON_CONFLICT(archive, KEY(title), SET(n, ADD(archive.n, 1))),
        RETURNING_VALUE(archive.id));
    for (int i = 0; i < 2; i++)
        check_ok(
            f->db,
            vg_all(f->db, &f->arena, &list,
                   CTE(w, SELECT(author_of), FROM(authors), WHERE(LT(authors.id, 3))),
                   INSERT_INTO(archive, SET(title, w.name)), FROM(w),
                   ON_CONFLICT(archive, KEY(title), SET(n, ADD(archive.n, 1))),
                   RETURNING(archive)));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].n, 8);
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(archive, SET(title, authors.name)),
                     FROM(authors), INNER_JOIN(books, EQ(books.author_id, authors.id)),
                     ON_CONFLICT(archive, DO_NOTHING)));
    check_rows(f->db, "select count(*) from archive", "3");
}

/* Proves: S063. */
static void test_insert_select__generated_column(void **state)
{
    fixture *f = *state;
    struct shelf *row;
    check_ok(f->db,
             vg_one(f->db, &f->arena, &row,
                    INSERT_INTO(shelf, SET(id, books.id), SET(title, books.title)),
                    FROM(books), WHERE(EQ(books.id, 1)), RETURNING(shelf)));
    check_text(row->upper, "NOTES");
}

static void test_insert_select__refused(void **state)
{
    (void)state;
    check_no_sql("INSERT_INTO(tokens) with FROM: id is filled by a function, which "
                 "would give all "
                 "rows one value; SET it",
                 INSERT_INTO(tokens, SET(name, books.title)), FROM(books));
    check_no_sql("INSERT_INTO(notes) with FROM: SET the columns that it selects",
                 INSERT_INTO(notes, SET_IF(false, text, "x")), FROM(books));
    check_no_sql(
        "column authors.name: authors is not in FROM; add FROM(authors) or a join "
        "with it",
        INSERT_INTO(archive, SET(title, authors.name)), FROM(books));
    check_no_sql(
        "INSERT_INTO(archive) with FROM takes no ALL_ROWS and no set operation; "
        "those go into FROM(SUBQUERY(...))",
        INSERT_INTO(archive, SET(title, books.title)), FROM(books),
        UNION(SELECT_VALUE(authors.name)));
    check_no_sql(
        "column archive.title: archive is not in FROM; add FROM(archive) or a join "
        "with it",
        INSERT_INTO(archive, SET(title, archive.title)), FROM(books));
}

/* Proves: Q071. */
static void test_delete_using__joins(void **state)
{
    fixture *f = *state;
    loans_list gone;
    check_sql(
        "delete from \"loans\" where rowid in (select \"loans\".rowid from \"loans\", "
        "\"books\" inner join \"authors\" on \"authors\".\"id\" = "
        "\"books\".\"author_id\" where (\"books\".\"id\" = \"loans\".\"book_id\" and "
        "\"authors\".\"born\" < ?)) returning \"book_id\", \"day\", \"reader\"",
        "[1900]", DELETE_FROM(loans), USING(books),
        INNER_JOIN(authors, EQ(authors.id, books.author_id)),
        WHERE(AND(EQ(books.id, loans.book_id), LT(authors.born, 1900))),
        RETURNING(loans));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &gone, DELETE_FROM(loans), USING(books),
                    INNER_JOIN(authors, EQ(authors.id, books.author_id)),
                    WHERE(AND(EQ(books.id, loans.book_id), LT(authors.born, 1900))),
                    RETURNING(loans)));
    assert_int_equal(gone.len, 2);
    check_rows(f->db, "select book_id from loans", "2");
    check_ok(f->db,
             vg_exec(f->db, CTE(w, SELECT(author_of), FROM(authors)),
                     DELETE_FROM(books), FROM(w),
                     WHERE(AND(EQ(w.id, books.author_id), EQ(w.name, "Clara")))));
    assert_int_equal(vg_changes(f->db), 1);
    check_no_sql(
        "DELETE_FROM(loans) without WHERE would touch every row; add ALL_ROWS if "
        "that is meant",
        DELETE_FROM(loans), USING(books));
    check_no_sql("DELETE_FROM(loans) with USING takes no ORDER_BY or LIMIT",
                 DELETE_FROM(loans), USING(books), WHERE(EQ(books.id, loans.book_id)),
                 LIMIT(1));
    check_no_sql(
        "column books.id: books is not in FROM; add FROM(books) or a join with it",
        DELETE_FROM(loans), USING(books), WHERE(EQ(books.id, loans.book_id)),
        RETURNING_VALUE(books.id));
}

/* LIMIT and OFFSET by an expression. */
static void test_limit__expression(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    check_sql("select \"id\" from \"books\" limit ? + ? offset (select count(*) from "
              "\"loans\")",
              "[1,2]", SELECT_VALUE(books.id), LIMIT(SQL(INTEGER, "? + ?", 1, 2)),
              OFFSET(COUNT_OF(FROM(loans))));
    for (int i = 1; i < 4; i++) {
        check_ok(f->db, vg_all(f->db, &f->arena, &ids, SELECT_VALUE(books.id),
                               ORDER_BY(books.id), LIMIT(SQL(INTEGER, "?", i)),
                               OFFSET(SQL(INTEGER, "?", 1))));
        assert_int_equal(ids.len, i);
        assert_int_equal(ids.data[0], 2);
    }
    check_no_sql("LIMIT and OFFSET take a number, which no column of a row is",
                 SELECT(books), LIMIT(books.id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_insert_select__one_table, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_insert_select__joins, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_insert_select__clauses, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_insert_select__generated_column, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_insert_select__refused, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_delete_using__joins, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_limit__expression, setup, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
