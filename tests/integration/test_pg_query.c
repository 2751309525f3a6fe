/* What queries can say on PostgreSQL alone; and what both databases have, where SQLite's
 * tests cannot be run there. */
#include "pg.h"
#include "library.h"
#include <stdio.h>

// clang-format off
TABLE(notes,
    COLUMN(id,     INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(title,  TEXT,    NOT_NULL, UNIQUE),
    COLUMN(tags,   ARRAY(TEXT)),
    COLUMN(scores, ARRAY(INTEGER)),
    COLUMN(data,   JSON),
    COLUMN(at,     TIMESTAMP),
    COLUMN(price,  NUMERIC(10, 2)))
// clang-format on

SCHEMA(notebook, notes, authors, books, loans)

ALIAS(newest, books)
PROJECTION(pair, FIELD(name, authors.name), FIELD(title, NULLABLE(newest.title)))

#define ROWS                                                                         \
    LIBRARY_ROWS                                                                     \
    "insert into notes (title, tags, scores, data, at, price) values "               \
    "('one', '{a,b}', '{1,2,3}', '{\"a\": {\"b\": [1, 2.5, \"x\"]}, \"on\": true}'," \
    " '2026-01-31T10:20:30.5Z', 9.99),"                                              \
    "('two', '{b,c}', '{}', '[1, null, {\"k\": 2}]', '2024-02-29T00:00:00Z', 10),"   \
    "('three', null, null, null, null, null);"

static int setup(void **state)
{
    return pg_fixture_open(state, &notebook, ROWS);
}

/* The ids of the notes for which it holds. */
static const char *where(fixture *f, vg_predicate x)
{
    static char out[100];
    vg_int_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(notes.id), WHERE(x),
                           ORDER_BY(notes.id)));
    out[0] = '\0';
    for (size_t i = 0; i < list.len; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), i ? ",%d" : "%d",
                 (int)list.data[i]);
    return out;
}

/* The text that an expression is for the first note. */
static const char *text_of(fixture *f, vg_text_null x)
{
    const char *out = NULL;
    check_ok(f->db, vg_get(f->db, &f->arena, &out, SELECT_VALUE(x), FROM(notes),
                           ORDER_BY(notes.id), LIMIT(1)));
    return out ? out : "NULL";
}

#define int_of(f, x)                                                                  \
    __extension__({                                                                   \
        vg_opt_int int_of_out = {0};                                                  \
        check_ok((f)->db,                                                             \
                 vg_get((f)->db, &(f)->arena, &int_of_out, SELECT_VALUE(NULLABLE(x)), \
                        FROM(notes), ORDER_BY(notes.id), LIMIT(1)));                  \
        int_of_out.has ? int_of_out.v : -99;                                          \
    })

/* Proves: Q081. */
static void test_pg_array__is_one_parameter(void **state)
{
    fixture *f = *state;
    int ids[] = {1, 3, 1000000};
    int64_t long_ids[] = {2, INT64_MAX};
    double reals[] = {1, 2.5};
    const char *titles[] = {"one", "th\"r\\ee", "two"};
    vg_timestamp times[1];
    assert_true(vg_timestamp_parse("2024-02-29T00:00:00Z", 20, &times[0]));
    size_t before = vg_statistics(f->db).misses;
    for (int n = 1; n <= 3; n++)
        check_text(where(f, IN_ARRAY(notes.id, ids, n)), n == 1 ? "1" : "1,3");
    assert_int_equal(vg_statistics(f->db).misses - before, 1);
    check_text(where(f, IN_ARRAY(notes.id, long_ids, 2)), "2");
    check_text(where(f, NOT_IN_ARRAY(notes.id, ids, 2)), "2");
    check_text(where(f, IN_ARRAY(notes.title, titles, 3)), "1,2");
    check_text(where(f, IN_ARRAY(notes.at, times, 1)), "2");
    check_text(where(f, IN_ARRAY(ADD(notes.id, 0.5), reals, 2)), "2");
    check_text(where(f, IN_ARRAY(notes.price, (const char *[]){"9.99"}, 1)), "1");
    check_text(where(f, IN_ARRAY(notes.id, ids, 0)), "");
    check_text(where(f, NOT_IN_ARRAY(notes.id, ids, 0)), "1,2,3");
}

static void test_pg_array__kept_by_a_cursor(void **state)
{
    fixture *f = *state;
    const char *titles[] = {"one", "two"};
    struct books *row;
    int n = 0;
    vg_cursor *c = NULL;
    titles[0] = "Notes", titles[1] = "Pipes";
    check_ok(f->db, vg_query(f->db, &c, &row, SELECT(books),
                             WHERE(IN_ARRAY(books.title, titles, 2))));
    titles[0] = titles[1] = "gone";
    while (vg_next(c))
        n++;
    check_ok(f->db, vg_finish(c));
    assert_int_equal(n, 2);
}

/* Proves: Q084. */
static void test_pg_array__parameters(void **state)
{
    fixture *f = *state;
    const char *words[] = {"b", "c"};
    int64_t numbers[] = {2, 9};
    vg_text_array both = {words, 2, NULL, NULL}, one = {words, 1, NULL, NULL};
    vg_text_array none = {words, 0, NULL, NULL};
    vg_int_array scores = {numbers, 2, NULL, NULL};
    check_text(where(f, ARRAY_CONTAINS(notes.tags, &one)), "1,2");
    check_text(where(f, ARRAY_CONTAINS(notes.tags, &both)), "2");
    check_text(where(f, ARRAY_CONTAINS(notes.tags, &none)), "1,2");
    check_text(where(f, ARRAY_CONTAINED(notes.tags, &both)), "2");
    check_text(where(f, ARRAY_OVERLAPS(notes.tags, &both)), "1,2");
    check_text(where(f, ARRAY_OVERLAPS(notes.scores, &scores)), "1");
}

/* Proves: Q084. */
static void test_pg_array__operators(void **state)
{
    fixture *f = *state;
    check_text(where(f, ARRAY_CONTAINS(notes.tags, ARRAY_REMOVE(notes.tags, "a"))),
               "1,2");
    check_text(where(f, ARRAY_CONTAINED(notes.tags, ARRAY_REMOVE(notes.tags, "a"))),
               "2");
    check_text(where(f, ARRAY_OVERLAPS(notes.tags, ARRAY_APPEND(notes.tags, "x"))),
               "1,2");
    check_text(where(f, EQ_ANY(SQL(TEXT, "?", "c"), notes.tags)), "2");
    check_text(where(f, EQ(ARRAY_LENGTH(notes.scores), 0)), "2");
    check_text(where(f, EQ(ARRAY_LENGTH(ARRAY_APPEND(notes.tags, "z")), 3)), "1,2");
    check_text(where(f, EQ(ARRAY_LENGTH(ARRAY_CAT(notes.scores, notes.scores)), 6)),
               "1");
}

/* Proves: Q008. */
static void test_pg_select__distinct_on(void **state)
{
    fixture *f = *state;
    vg_text_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(books.title),
                           DISTINCT_ON(books.author_id), FROM(books),
                           ORDER_BY(NULLS_FIRST(books.author_id),
                                    NULLS_LAST(DESC(books.pages)))));
    assert_int_equal(list.len, 4);
    check_text(list.data[0], "Anonymous");
    check_text(list.data[2], "The C Book");
}

/* Proves: Q013. */
static void test_pg_select__lateral(void **state)
{
    fixture *f = *state;
    pair_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    LEFT_JOIN_LATERAL(SUBQUERY(newest, SELECT(books),
                                               WHERE(EQ(books.author_id, authors.id)),
                                               ORDER_BY(DESC(books.id)), LIMIT(1)),
                                      SKIP),
                    ORDER_BY(authors.id)));
    assert_int_equal(list.len, 4);
    check_text(list.data[1].title, "Pipes");
    assert_null(list.data[3].title);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    CROSS_JOIN_LATERAL(SUBQUERY(
                        newest, SELECT(books), WHERE(EQ(books.author_id, authors.id)))),
                    ORDER_BY(authors.id)));
    assert_int_equal(list.len, 4);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(pair), FROM(authors),
                    INNER_JOIN_LATERAL(SUBQUERY(newest, SELECT(books),
                                                WHERE(EQ(books.author_id, authors.id))),
                                       EQ(newest.title, "Notes"))));
    assert_int_equal(list.len, 1);
}

/* Proves: Q032. */
static void test_pg_select__locks(void **state)
{
    fixture *f = *state;
    vg_int_list list;
    vg_db *other;
    check_ok(f->db, vg_open(&other, f->url, NULL));
    check_ok(f->db, vg_exec(f->db, RAW("begin")));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(notes.id),
                           WHERE(EQ(notes.id, 1)), FOR_NO_KEY_UPDATE(LOCK_OF(notes))));
    assert_int_equal(list.len, 1);
    check_ok(other, vg_all(other, &f->arena, &list, SELECT_VALUE(notes.id),
                           FOR_UPDATE(SKIP_LOCKED)));
    assert_int_equal(list.len, 2);
    assert_int_equal(
        vg_all(other, &f->arena, &list, SELECT_VALUE(notes.id), FOR_SHARE(NOWAIT)),
        VG_BUSY);
    check_ok(other,
             vg_all(other, &f->arena, &list, SELECT_VALUE(notes.id), FOR_KEY_SHARE()));
    assert_int_equal(list.len, 3);
    check_ok(f->db, vg_exec(f->db, RAW("commit")));
    vg_close(other);
    check_fails(f->db,
                vg_all(f->db, &f->arena, &list, SELECT_VALUE(notes.id),
                       FOR_UPDATE(LOCK_OF(books))),
                VG_INVALID, "LOCK_OF(books): it is not in FROM");
}

/* Proves: Q052 Q053 Q058. */
static void test_pg_insert__conflicts(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, SET(title, "one")),
                            ON_CONFLICT(notes, ON_CONSTRAINT("notes_title_unique"),
                                        SET(price, "1.50"))));
    check_pg(f->url, "select price from notes where title = 'one'", "1.50");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, SET(title, "two")),
                            ON_CONFLICT(notes, KEY(title), SET(price, "2.00"),
                                        UPDATE_WHERE(LT(notes.price, 5)))));
    check_pg(f->url, "select price from notes where title = 'two'", "10.00");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, SET(title, "two")),
                            ON_CONFLICT(notes, DO_NOTHING)));
    check_fails(
        f->db,
        vg_exec(f->db, INSERT_INTO(notes, SET(title, "two")),
                ON_CONFLICT(notes, SET(price, "2.00"))),
        VG_INVALID,
        "ON_CONFLICT(notes): postgresql wants a KEY or ON_CONSTRAINT to update by");
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(notes, SET(title, "two")),
                        ON_CONFLICT(notes, KEY(title), DO_NOTHING),
                        ON_CONFLICT(notes, DO_NOTHING)),
                VG_UNSUPPORTED, "postgresql takes a single ON_CONFLICT");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, OVERRIDING_SYSTEM_VALUE,
                                               SET(id, 70), SET(title, "seventy"))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, OVERRIDING_USER_VALUE,
                                               SET(id, 71), SET(title, "not 71"))));
    check_pg(f->url, "select count(*) from notes where id = 71", "0");
}

/* Proves: Q070. */
static void test_pg_delete__limit(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans), ALL_ROWS,
                            ORDER_BY(DESC(loans.day)), LIMIT(1)));
    check_pg(f->url, "select count(*), max(day) from loans", "2|1");
    check_ok(f->db, vg_exec(f->db, UPDATE(notes, SET(price, "0")), ORDER_BY(notes.id),
                            LIMIT(2)));
    check_pg(f->url, "select id from notes where price = 0 order by id", "1;2");
}

/* Proves: Q023. */
static void test_pg_cte__writes(void **state)
{
    fixture *f = *state;
    int64_t n = 0;
    check_ok(f->db, vg_get(f->db, &f->arena, &n,
                           CTE(newest, DELETE_FROM(books), WHERE(EQ(books.id, 5)),
                               RETURNING(books)),
                           SELECT_VALUE(COUNT()), FROM(newest)));
    assert_int_equal(n, 1);
    check_pg(f->url, "select count(*) from books", "4");
}

/* Proves: Q083. */
static void test_pg_search__patterns(void **state)
{
    fixture *f = *state;
    check_text(where(f, REGEXP(notes.title, "^t.o$")), "2");
    check_text(where(f, NOT_REGEXP(notes.title, "^t")), "1");
    check_text(where(f, IREGEXP(notes.title, "^T")), "2,3");
    check_text(where(f, SIMILAR_TO(notes.title, "(one|two)")), "1,2");
    check_text(where(f, ILIKE(notes.title, "T%")), "2,3");
    check_text(where(f, LIKE(notes.title, "T%")), "");
    check_text(text_of(f, NULLABLE(REGEXP_REPLACE(notes.title, "[on]", "x", "g"))),
               "xxe");
    check_text(where(f, TS_MATCH(TO_TSVECTOR("english", notes.title),
                                 WEBSEARCH_TO_TSQUERY("english", "two or one"))),
               "1,2");
    check_text(text_of(f, NULLABLE(TS_HEADLINE("simple", notes.title,
                                               PLAINTO_TSQUERY("simple", "one")))),
               "<b>one</b>");
    vg_text_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT_VALUE(notes.title),
                    ORDER_BY(DESC(TS_RANK(TO_TSVECTOR("simple", notes.title),
                                          TO_TSQUERY("simple", "three & three"))),
                             notes.id)));
    check_text(list.data[0], "three");
}

static void test_pg_json__get(void **state)
{
    fixture *f = *state;
    assert_int_equal(int_of(f, JSON_GET(notes.data, "$.a.b[0]", INTEGER)), 1);
    check_text(text_of(f, JSON_GET(notes.data, "$.a.b[2]", TEXT)), "x");
    check_text(text_of(f, JSON_GET(notes.data, "$.a.b[#-1]", TEXT)), "x");
    check_text(text_of(f, JSON_GET(notes.data, "$.none", TEXT)), "NULL");
    check_text(where(f, EQ(JSON_GET(notes.data, "$.on", BOOLEAN), true)), "1");
    check_text(where(f, EQ(JSON_GET(notes.data, "$.a.b[1]", REAL), 2.5)), "1");
    check_text(text_of(f, JSON_TYPE(notes.data, "$.a.b[1]")), "real");
    check_text(text_of(f, JSON_TYPE(notes.data, "$.on")), "true");
    check_text(text_of(f, JSON_TYPE(notes.data)), "object");
    assert_int_equal(int_of(f, JSON_ARRAY_LENGTH(notes.data, "$.a.b")), 3);
    check_text(where(f, EQ(JSON_VALID(notes.data), true)), "1,2");
    check_text(where(f, JSON_CONTAINS(notes.data, "{\"on\": true}")), "1");
    check_text(where(f, JSON_HAS_KEY(notes.data, "on")), "1");
    check_text(where(f, JSON_PATH_EXISTS(notes.data, "$.a.b[*] ? (@ == 2.5)")), "1");
    check_text(where(f, JSON_PATH_MATCH(notes.data, "$[0] == 1")), "2");
    check_text(where(f, EQ(JSON_GET(JSON_MERGE(notes.data, "{\"on\": false}"), "$.on",
                                    BOOLEAN),
                           false)),
               "1");
}

static const char *changed(fixture *f, vg_json_null x)
{
    const char *out = NULL;
    check_ok(f->db, vg_get(f->db, &f->arena, &out, SELECT_VALUE(x), FROM(notes),
                           ORDER_BY(notes.id), LIMIT(1)));
    return out;
}

static void test_pg_json__change(void **state)
{
    fixture *f = *state;
    check_text(changed(f, JSON_SET(notes.data, "$.on", 7, "$.new", "x")),
               "{\"a\": {\"b\": [1, 2.5, \"x\"]}, \"on\": 7, \"new\": \"x\"}");
    check_text(changed(f, JSON_INSERT(notes.data, "$.on", 7, "$.new", NULL)),
               "{\"a\": {\"b\": [1, 2.5, \"x\"]}, \"on\": true, \"new\": null}");
    check_text(changed(f, JSON_REPLACE(notes.data, "$.on", false, "$.new", 1)),
               "{\"a\": {\"b\": [1, 2.5, \"x\"]}, \"on\": 0}");
    check_text(changed(f, JSON_REMOVE(notes.data, "$.a.b[0]", "$.on")),
               "{\"a\": {\"b\": [2.5, \"x\"]}}");
    check_text(
        changed(f, JSON_PATCH(notes.data, "{\"a\": {\"c\": {\"d\": null, \"e\": 1}}, "
                                          "\"on\": null}")),
        "{\"a\": {\"b\": [1, 2.5, \"x\"], \"c\": {\"e\": 1}}}");
    check_text(changed(f, NULLABLE(JSON_OBJECT("id", notes.id, "t", notes.title, "n",
                                               NULL, "d", notes.data))),
               "{\"d\": {\"a\": {\"b\": [1, 2.5, \"x\"]}, \"on\": true}, \"n\": null, "
               "\"t\": \"one\", \"id\": 1}");
    check_text(changed(f, NULLABLE(JSON_ARRAY(1, "a", true, 2.5))),
               "[1, \"a\", 1, 2.5]");
}

ALIAS(item, vg_json_item)

static void test_pg_json__rows(void **state)
{
    fixture *f = *state;
    vg_text_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(item.fullkey),
                           FROM(notes), CROSS_JOIN(JSON_EACH(item, notes.data)),
                           WHERE(EQ(notes.id, 2)), ORDER_BY(item.id)));
    assert_int_equal(list.len, 3);
    check_text(list.data[2], "$[2]");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list,
                    SELECT_VALUE(CONCAT(item.fullkey, "=", COALESCE(item.atom, "-"),
                                        " ", item.type, " ", item.path)),
                    FROM(notes), CROSS_JOIN(JSON_TREE(item, notes.data)),
                    WHERE(EQ(notes.id, 1)), ORDER_BY(item.id)));
    assert_int_equal(list.len, 7);
    check_text(list.data[0], "$=- object $");
    check_text(list.data[2], "$.a.b=- array $.a");
    check_text(list.data[4], "$.a.b[1]=2.5 real $.a.b");
}

static void test_pg_date__functions(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, RAW("set timezone to 'America/New_York'")));
    assert_int_equal(int_of(f, DATE_PART(HOUR, notes.at)), 10);
    assert_int_equal(int_of(f, DATE_PART(WEEKDAY, notes.at)), 6);
    check_text(
        text_of(f, FORMAT_TIME(DATE_TRUNC(DAY, notes.at), "%Y-%m-%dT%H:%M \"q\" %%")),
        "2026-01-31T00:00 \"q\" %");
    check_text(text_of(f, FORMAT_TIME(ADD_TIME(notes.at, 1, MONTH), "%Y-%m-%d %H")),
               "2026-03-03 10");
    check_text(text_of(f, FORMAT_TIME(ADD_TIME(notes.at, -1, DAY), "%F %T")),
               "2026-01-30 10:20:30");
    assert_int_equal(int_of(f, DATE_DIFF(DAY, ADD_TIME(notes.at, 36, HOUR), notes.at)),
                     1);
    assert_int_equal(int_of(f, DATE_DIFF(HOUR, notes.at, ADD_TIME(notes.at, 36, HOUR))),
                     -36);
}

static void test_pg_group__by_more(void **state)
{
    fixture *f = *state;
    vg_int_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(COUNT()), FROM(books),
                           GROUP_BY(ROLLUP(books.author_id, books.in_print))));
    assert_int_equal(list.len, 10);
    vg_opt_int mean;
    check_ok(f->db, vg_get(f->db, NULL, &mean, SELECT_VALUE(DIV(SUM(books.pages), 5)),
                           FROM(books)));
    assert_int_equal(mean.v, (66 + 272 + 120 + 10) / 5);
    double total = 0;
    check_ok(f->db, vg_get(f->db, &f->arena, &total,
                           SELECT_VALUE(FILTER(TOTAL(books.pages), GT(books.id, 100))),
                           FROM(books)));
    assert_true(total == 0);
}

static void test_pg_numbers__mean_the_same(void **state)
{
    fixture *f = *state;
    vg_opt_real real;
    check_text(where(f, GT(ADD(notes.id, 0.25), 1.5)), "2,3");
    check_text(where(f, IS_NULL(DIV(notes.id, 0))), "1,2,3");
    check_text(where(f, IN(ADD(notes.id, 0.5), 1.0, 2.5)), "2");
    assert_int_equal(int_of(f, DIV(7, 2)), 3);
    assert_int_equal(int_of(f, CAST(2.9, INTEGER)), 2);
    assert_int_equal(int_of(f, GREATEST(notes.id, 5, 3)), 5);
    check_ok(f->db, vg_get(f->db, NULL, &real,
                           SELECT_VALUE(NULLABLE(ADD(DIV(notes.id, 2), 0.5))),
                           FROM(notes), WHERE(EQ(notes.id, 3))));
    assert_true(real.v == 1.5);
    check_text(
        where(f, IS_NULL(GREATEST(LENGTH(notes.title), DATE_PART(YEAR, notes.at)))),
        "3");
    check_text(where(f, IS_NULL(SQRT(SUB(notes.id, 2)))), "1");
    assert_true(int_of(f, RANDOM()) != -99);
}

static void test_pg_query__refuses_what_is_sqlites(void **state)
{
    fixture *f = *state;
    int64_t n;
    check_fails(f->db, vg_count(f->db, &n, FROM(notes), WHERE(GLOB(notes.title, "t*"))),
                VG_UNSUPPORTED, "postgresql has no GLOB");
    check_fails(f->db, vg_get(f->db, NULL, &n, SELECT_VALUE(ROWID(notes)), LIMIT(1)),
                VG_UNSUPPORTED, "postgresql has no ROWID");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pg_array__is_one_parameter),
        TEST(test_pg_array__kept_by_a_cursor),
        TEST(test_pg_array__parameters),
        TEST(test_pg_array__operators),
        TEST(test_pg_select__distinct_on),
        TEST(test_pg_select__lateral),
        TEST(test_pg_select__locks),
        TEST(test_pg_insert__conflicts),
        TEST(test_pg_delete__limit),
        TEST(test_pg_cte__writes),
        TEST(test_pg_search__patterns),
        TEST(test_pg_json__get),
        TEST(test_pg_json__change),
        TEST(test_pg_json__rows),
        TEST(test_pg_date__functions),
        TEST(test_pg_group__by_more),
        TEST(test_pg_numbers__mean_the_same),
        TEST(test_pg_query__refuses_what_is_sqlites),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
