/* Full text search: FTS_TABLE with its own texts and over another table, MATCH, ranks,
 * highlights, what a user types, commands; and ROWID. */
#include "check.h"
#include <sqlite3.h>

// clang-format off
TABLE(posts,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL),
    COLUMN(body,  TEXT,    NAME("the body")),
    COLUMN(views, INTEGER, NOT_NULL, DEFAULT(0)),
    NAME("all posts"))
FTS_TABLE(posts_fts,
    FTS_COLUMN(title, NOT_NULL),
    FTS_COLUMN(body, NAME("the body")),
    CONTENT(posts, id), SYNC, TOKENIZE("porter unicode61"), PREFIX("2 3"))
FTS_TABLE(notes,
    FTS_COLUMN(line, NOT_NULL),
    FTS_COLUMN(lang, UNINDEXED),
    NAME("my notes"))
ALIAS(found, posts_fts)
ALIAS(p2, posts)
PROJECTION(hit,
    FIELD(id,    posts_fts.rowid),
    FIELD(title, HIGHLIGHT(posts_fts.title, "<b>", "</b>")),
    FIELD(piece, SNIPPET(posts_fts.body, "[", "]", "...", 3)),
    FIELD(rank,  BM25(posts_fts)))
PROJECTION(found_hit,
    FIELD(title, HIGHLIGHT(found.title, "*", "*")),
    FIELD(rank,  BM25(found, 10, 1.0)))
SCHEMA(library, posts_fts, posts, notes)
// clang-format on

static const char rows[] =
    "insert into \"all posts\" (id, title, \"the body\") values "
    "(1, 'Hello world', 'a long text about running and other things that one does'), "
    "(2, 'Second', 'hello again, hello'), (3, 'Third', null);"
    "insert into \"my notes\" (line, lang) values ('buy milk', 'en'), ('Milch kaufen', "
    "'de')";

static int setup(void **state)
{
    return fixture_open(state, &library, rows);
}

static int setup_empty(void **state)
{
    return fixture_open(state, NULL, NULL);
}

static int teardown(void **state)
{
    return fixture_close(state);
}

static void test_fts__spelling(void **state)
{
    fixture *f = *state;
    check_rows(f->db, "select sql from sqlite_master where name = 'posts_fts'",
               "CREATE VIRTUAL TABLE `posts_fts` USING fts5(`title`, `the body`, "
               "content='all posts', content_rowid='id', tokenize='porter unicode61', "
               "prefix='2 3')");
    check_rows(f->db, "select sql from sqlite_master where name = 'my notes'",
               "CREATE VIRTUAL TABLE `my notes` USING fts5(`line`, `lang` UNINDEXED)");
    check_rows(
        f->db, "select sql from sqlite_master where name = 'posts_fts_update'",
        "CREATE TRIGGER `posts_fts_update` AFTER UPDATE OF `id`, `title`, `the body` "
        "ON `all posts` BEGIN\n"
        "\tINSERT INTO `posts_fts` (`posts_fts`, `rowid`, `title`, `the body`) VALUES "
        "('delete', old.`id`, old.`title`, old.`the body`);\n"
        "\tINSERT INTO `posts_fts` (`rowid`, `title`, `the body`) VALUES "
        "(new.`id`, new.`title`, new.`the body`);\nEND");
}

/* Proves: S115. */
static void test_fts__match(void **state)
{
    fixture *f = *state;
    vg_text_list titles;
    hit_list hits;
    check_ok(f->db, vg_all(f->db, &f->arena, &titles, SELECT_VALUE(posts_fts.title),
                           FROM(posts_fts), WHERE(MATCH(posts_fts, "hello")),
                           ORDER_BY(BM25(posts_fts))));
    assert_int_equal(titles.len, 2);
    assert_string_equal(titles.data[0], "Second");
    assert_string_equal(titles.data[1], "Hello world");
    check_ok(f->db, vg_all(f->db, &f->arena, &hits, SELECT(hit), FROM(posts_fts),
                           WHERE(MATCH(posts_fts, "run")), ORDER_BY(BM25(posts_fts))));
    assert_int_equal(hits.len, 1);
    assert_int_equal(hits.data[0].id, 1);
    assert_string_equal(hits.data[0].title, "Hello world");
    assert_string_equal(hits.data[0].piece, "...about [running] and...");
    assert_true(hits.data[0].rank < 0);
    check_sql(
        "select \"rowid\", highlight(\"posts_fts\", 0, ?, ?), snippet(\"posts_fts\", "
        "1, ?, ?, ?, ?), \"rank\" from \"posts_fts\" where \"posts_fts\" match ? "
        "order by \"posts_fts\".\"rank\"",
        "[\"<b>\",\"</b>\",\"[\",\"]\",\"...\",3,\"x\"]", SELECT(hit), FROM(posts_fts),
        WHERE(MATCH(posts_fts, "x")), ORDER_BY(BM25(posts_fts)));
}

static void test_fts__column(void **state)
{
    fixture *f = *state;
    int64_t id;
    check_ok(f->db,
             vg_get(f->db, NULL, &id, SELECT_VALUE(posts_fts.rowid), FROM(posts_fts),
                    WHERE(MATCH_COLUMN(posts_fts.title, "hello"))));
    assert_int_equal(id, 1);
    check_sql(
        "select count(*) from \"posts_fts\" where \"posts_fts\".\"the body\" match ?",
        "[\"a\"]", SELECT_VALUE(COUNT()), FROM(posts_fts),
        WHERE(MATCH_COLUMN(posts_fts.body, "a")));
}

/* With its content, and under another name. */
static void test_fts__joins_and_aliases(void **state)
{
    fixture *f = *state;
    posts_list list;
    found_hit_list hits;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(posts), FROM(posts_fts),
                           INNER_JOIN(posts, EQ(posts.id, posts_fts.rowid)),
                           WHERE(AND(MATCH(posts_fts, "hello"), LT(posts.id, 2))),
                           ORDER_BY(BM25(posts_fts, 1.0, 0.5))));
    assert_int_equal(list.len, 1);
    assert_string_equal(list.data[0].title, "Hello world");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &hits, SELECT(found_hit), FROM(found),
                    INNER_JOIN(posts, EQ(posts.id, found.rowid)),
                    WHERE(MATCH(found, CONCAT("hel", "lo"))), ORDER_BY(BM25(found))));
    assert_int_equal(hits.len, 2);
    check_sql(
        "select highlight(\"found\".\"posts_fts\", 0, ?, ?), "
        "bm25(\"found\".\"posts_fts\", "
        "?, ?) from \"posts_fts\" \"found\" where \"found\".\"posts_fts\" match ?",
        "[\"*\",\"*\",10,1,\"x\"]", SELECT(found_hit), FROM(found),
        WHERE(MATCH(found, "x")));
}

/* The triggers keep the index in step, whatever changes the content. */
static void test_fts__sync(void **state)
{
    fixture *f = *state;
    int64_t n;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(posts, SET(title, "fresh"),
                                               SET(body, "bread"))));
    check_ok(f->db,
             vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, "bread"))));
    assert_int_equal(n, 1);
    check_ok(f->db, vg_exec(f->db, UPDATE(posts, SET(body, "butter")),
                            WHERE(EQ(posts.title, "fresh"))));
    check_ok(f->db, vg_count(f->db, &n, FROM(posts_fts),
                             WHERE(MATCH(posts_fts, "bread OR butter"))));
    assert_int_equal(n, 1);
    check_ok(f->db, vg_exec(f->db, UPDATE(posts, SET(views, 7)), ALL_ROWS));
    check_ok(f->db,
             vg_exec(f->db, DELETE_FROM(posts), WHERE(EQ(posts.body, "butter"))));
    check_ok(f->db,
             vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, "butter"))));
    assert_int_equal(n, 0);
    check_ok(f->db, vg_fts_check(f->db, posts_fts));
}

/* An FTS_TABLE with its own texts is a table. */
static void test_fts__own_content(void **state)
{
    fixture *f = *state;
    notes_list list;
    struct notes_new more[] = {{.rowid = {true, 7}, .line = "seven", .lang = "en"},
                               {.line = "eight"}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, VALUES(more, 2))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, SET(line, "nine milk"))));
    check_ok(f->db, vg_exec(f->db, UPDATE(notes, SET(line, "ten milk")),
                            WHERE(EQ(notes.rowid, 9))));
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(notes), WHERE(EQ(notes.lang, "de"))));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(notes),
                    WHERE(MATCH(notes, "milk OR seven")), ORDER_BY(notes.rowid)));
    assert_int_equal(list.len, 3);
    assert_int_equal(list.data[1].rowid, 7);
    assert_string_equal(list.data[1].lang, "en");
    assert_string_equal(list.data[2].line, "ten milk");
    assert_null(list.data[2].lang);
    check_ok(f->db, vg_fts_optimize(f->db, notes));
    check_ok(f->db, vg_fts_rebuild(f->db, notes));
    check_ok(f->db, vg_fts_check(f->db, notes));
}

/* Rows that were there before the index are in it. */
static void test_fts__created_late(void **state)
{
    fixture *f = *state;
    int64_t n;
    check_ok(f->db,
             vg_script(f->db, "create table \"all posts\" (id integer primary key, "
                              "title text not null, \"the body\" text, views integer "
                              "not null default 0)"));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(posts, SET(title, "early bird"))));
    check_ok(f->db, vg_create(f->db, &library));
    check_ok(f->db,
             vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, "bird"))));
    assert_int_equal(n, 1);
    check_ok(f->db, vg_script(f->db, "drop trigger posts_fts_insert"));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(posts, SET(title, "late bird"))));
    check_ok(f->db,
             vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, "bird"))));
    assert_int_equal(n, 1);
    assert_int_equal(vg_fts_check(f->db, posts_fts), VG_CORRUPT);
    check_ok(f->db, vg_fts_rebuild(f->db, posts_fts));
    check_ok(f->db, vg_fts_check(f->db, posts_fts));
    check_ok(f->db,
             vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, "bird"))));
    assert_int_equal(n, 2);
    check_ok(f->db, vg_create(f->db, &library)); /* once more changes nothing */
}

/* Whatever a user types is no syntax error, and finds what has all the words. */
static void test_fts__users_text(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *typed;
        int64_t found, begun;
    } cases[] = {
        {"hello", 2, 2},
        {"  HELLO\tworld\n", 1, 1},
        {"hel", 0, 2},
        {"hello NOT again", 0, 0},
        {"hello AND", 1, 1},
        {"title:hello", 0, 0},
        {"\"", 0, 0},
        {"he\"llo", 0, 0},
        {"hello*", 2, 2},
        {"", 0, 0},
        {" ", 0, 0},
        {"(", 0, 0},
        {"^hello + -", 2, 2},
        {"'; drop table x", 0, 0},
        {"😀", 0, 0},
        {"NEAR(hello)", 0, 0},
        {"{title} : hello", 0, 0},
        {NULL, 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        int64_t n = -1, m = -1;
        const char *query = vg_fts_quote(&f->arena, cases[i].typed);
        const char *begun = vg_fts_quote_prefix(&f->arena, cases[i].typed);
        check_ok(f->db,
                 vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, query))));
        check_ok(f->db,
                 vg_count(f->db, &m, FROM(posts_fts), WHERE(MATCH(posts_fts, begun))));
        if (n != cases[i].found || m != cases[i].begun)
            print_error("%s: %s finds %d, %s finds %d\n", cases[i].typed, query, (int)n,
                        begun, (int)m);
        assert_int_equal(n, cases[i].found);
        assert_int_equal(m, cases[i].begun);
    }
    assert_string_equal(vg_fts_quote(&f->arena, "c++ or \"nothing"),
                        "\"c++\" \"or\" \"\"\"nothing\"");
    assert_string_equal(vg_fts_quote_prefix(&f->arena, "a b"), "\"a\" \"b\"*");
    assert_string_equal(vg_fts_quote(&f->arena, NULL), "\"\"");
}

/* What the compiler cannot see. */
static void test_fts__refusals(void **state)
{
    fixture *f = *state;
    const char *none = NULL;
    int64_t n;
    check_no_sql("MATCH takes an FTS_TABLE or a column of one, and no other expression",
                 SELECT(posts), WHERE(MATCH_COLUMN(posts.title, "x")));
    check_no_sql("HIGHLIGHT takes an FTS_COLUMN of an FTS_TABLE",
                 SELECT_VALUE(HIGHLIGHT(posts.title, "", "")), FROM(posts));
    check_no_sql(
        "FTS(posts_fts): posts_fts is not in FROM; add FROM(posts_fts) or a join "
        "with it",
        SELECT(posts), WHERE(MATCH(posts_fts, "x")));
    check_no_sql(
        "ROWID(posts): posts is not in FROM; add FROM(posts) or a join with it",
        SELECT_VALUE(ROWID(posts)), FROM(notes));
    assert_int_equal(
        vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, none))),
        VG_INVALID);
    assert_int_equal(
        vg_count(f->db, &n, FROM(posts_fts), WHERE(MATCH(posts_fts, "a AND"))),
        VG_DATABASE);
}

// clang-format off
TABLE(texts, COLUMN(id, TEXT, PRIMARY_KEY), COLUMN(other, TEXT), COLUMN(nr, INTEGER, UNIQUE))
FTS_TABLE(by_text, FTS_COLUMN(other), CONTENT(texts, id))
FTS_TABLE(by_missing, FTS_COLUMN(others), CONTENT(posts, id))
FTS_TABLE(by_name, FTS_COLUMN(body), CONTENT(posts, id))
FTS_TABLE(sync_alone, FTS_COLUMN(line), SYNC)
FTS_TABLE(empty_fts, TOKENIZE("porter"))
SCHEMA(s_text, by_text, texts)
SCHEMA(s_missing, by_missing, posts)
SCHEMA(s_name, by_name, posts)
SCHEMA(s_alone, sync_alone)
SCHEMA(s_stray, posts_fts)
SCHEMA(s_empty, empty_fts)
// clang-format on

static void test_fts__unsound_schemas(void **state)
{
    fixture *f = *state;
    check_fails(f->db, vg_create(f->db, &s_text), VG_SCHEMA,
                "by_text: CONTENT(texts, id) needs an INTEGER, PRIMARY_KEY");
    check_fails(f->db, vg_create(f->db, &s_missing), VG_SCHEMA,
                "by_missing: its content posts has no column named \"others\"");
    check_fails(f->db, vg_create(f->db, &s_name), VG_SCHEMA,
                "by_name: its content posts has no column named \"body\"");
    check_fails(f->db, vg_create(f->db, &s_alone), VG_SCHEMA,
                "sync_alone: SYNC needs CONTENT(table, key)");
    check_fails(f->db, vg_create(f->db, &s_stray), VG_SCHEMA,
                "posts_fts: its content posts is not in SCHEMA(s_stray, ...)");
    check_fails(f->db, vg_create(f->db, &s_empty), VG_SCHEMA,
                "empty_fts: it has no FTS_COLUMN");
}

static void test_fts__library_without_it(void **state)
{
    fixture *f = *state;
    assert_int_equal(sqlite3_drop_modules(vg_raw(f->db), NULL), SQLITE_OK);
    check_fails(
        f->db, vg_create(f->db, &library), VG_UNSUPPORTED,
        "FTS_TABLE needs FTS5, which this SQLite was built without (no such module: "
        "fts5)");
    check_rows(f->db, "select count(*) from sqlite_master", "0");
}

/* Proves: Q086. */
static void test_rowid__of_a_table(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    check_ok(f->db, vg_all(f->db, &f->arena, &ids, SELECT_VALUE(ROWID(posts)),
                           WHERE(GT(ROWID(posts), 1)), ORDER_BY(DESC(ROWID(posts)))));
    assert_int_equal(ids.len, 2);
    assert_int_equal(ids.data[0], 3);
    check_sql(
        "select \"p2\".\"rowid\" from \"all posts\" inner join \"all posts\" \"p2\" on "
        "\"p2\".\"rowid\" = \"all posts\".\"rowid\"",
        "[]", SELECT_VALUE(ROWID(p2)), FROM(posts),
        INNER_JOIN(p2, EQ(ROWID(p2), ROWID(posts))));
}

static void test_fts__introspection(void **state)
{
    (void)state;
    const vg_fts *fts = posts_fts.vg_shape.fts;
    assert_true(vg_is_table(&posts_fts.vg_shape));
    assert_ptr_equal(fts->content, &posts.vg_shape);
    assert_string_equal(fts->content_key, "id");
    assert_true(fts->sync);
    assert_null(posts.vg_shape.fts);
    assert_null(notes.vg_shape.fts->tokenize);
}

/* Expressions of this kind may be kept. */
static void test_fts__kept(void **state)
{
    fixture *f = *state;
    int64_t n;
    vg_predicate p = vg_keep(&f->arena, MATCH(posts_fts, "hello"));
    vg_text_null h = vg_keep(&f->arena, HIGHLIGHT(posts_fts.title, "<", ">"));
    vg_int id = vg_keep(&f->arena, ROWID(posts_fts));
    vg_text_list list;
    check_ok(f->db, vg_count(f->db, &n, FROM(posts_fts), WHERE(AND(p, EQ(id, 1)))));
    assert_int_equal(n, 1);
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(h), FROM(posts_fts),
                           WHERE(p), ORDER_BY(id)));
    assert_string_equal(list.data[0], "<Hello> world");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fts__spelling, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__match, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__column, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__joins_and_aliases, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__sync, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__own_content, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__created_late, setup_empty, teardown),
        cmocka_unit_test_setup_teardown(test_fts__users_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__refusals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__unsound_schemas, setup_empty,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_fts__library_without_it, setup_empty,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_rowid__of_a_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fts__kept, setup, teardown),
        cmocka_unit_test(test_fts__introspection),
    };
    return cmocka_run_group_tests_name("fts", tests, NULL, NULL);
}
