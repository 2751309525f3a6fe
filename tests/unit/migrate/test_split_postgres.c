/* PostgreSQL's files as statements, as libpg_query cuts them where it is at hand. */
#include "check.h"
#include "dialect/postgres.h"
#include "migrate/split.h"
#include <stdio.h>
#ifdef VIRGA_PG_QUERY
#    include <pg_query.h>
#endif

static const vg_pattern none[] = {{NULL, 0}};
static const vg_migrator postgres = {.lexis = &vg__postgres_lexis, .patterns = none};

static void check_split(const char *sql, const char *expected)
{
    vg_arena arena = {0};
    vg_statement_list list;
    char got[2000] = "";
    assert_int_equal(vg__split(&postgres, sql, strlen(sql), &arena, &list), VG_OK);
    for (size_t i = 0; i < list.len; i++) {
        size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, "%s%d:%.*s", i ? "|" : "",
                 list.data[i].line, (int)list.data[i].len, list.data[i].text);
    }
    check_text(got, expected);
    vg_arena_free(&arena);
}

/* Proves: K033. */
static void test_split_postgres__ends_of_statements(void **state)
{
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"a $$b;c$$;d", "1:a $$b;c$$|1:d"},
        {"a $x$b;$$;c$x$;d", "1:a $x$b;$$;c$x$|1:d"},
        {"a $1;$2;b", "1:a $1|1:$2|1:b"},
        {"a /* /* ; */ ; */ b;c", "1:a /* /* ; */ ; */ b|1:c"},
        {"E'a\\';b';c", "1:E'a\\';b'|1:c"},
        {"'a\\';b", "1:'a\\'|1:b"},
        {"U&\"a;\";u&';';b", "1:U&\"a;\"|1:u&';'|1:b"},
        {"a::text;b", "1:a::text|1:b"},
        {"create rule r as on insert to t do (insert into a values (1); select 2);b",
         "1:create rule r as on insert to t do (insert into a values (1); select "
         "2)|1:b"},
        {"a (b; --> statement-breakpoint\nc;d", "1:a (b;|2:c|2:d"},
        {"a ) ; b ; c", "1:a )|1:b|1:c"},
        {"do $$ begin; end $$ language plpgsql;\nb",
         "1:do $$ begin; end $$ language plpgsql|2:b"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_split(cases[i].sql, cases[i].expected);
}

static void test_split_postgres__bodies(void **state)
{
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"create function f() returns int begin atomic select 1; select 2; end; b",
         "1:create function f() returns int begin atomic select 1; select 2; end|1:b"},
        {"create or replace procedure p(a int) begin /**/ atomic\n select case a when "
         "1 "
         "then 2 end;\nend;b",
         "1:create or replace procedure p(a int) begin /**/ atomic\n select case a "
         "when 1 "
         "then 2 end;\nend|3:b"},
        {"create procedure p() begin atomic end;b",
         "1:create procedure p() begin atomic end|1:b"},
        {"create function f() returns int language sql as 'select 1; select 2'; b",
         "1:create function f() returns int language sql as 'select 1; select 2'|1:b"},
        {"create function f() returns int return 1; b",
         "1:create function f() returns int return 1|1:b"},
        {"create table atomic (begin int); b", "1:create table atomic (begin int)|1:b"},
        {"begin; a; end; b", "1:begin|1:a|1:end|1:b"},
        {"create trigger t execute function f(); b",
         "1:create trigger t execute function f()|1:b"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_split(cases[i].sql, cases[i].expected);
}

#ifdef VIRGA_PG_QUERY
/* The parser itself finds the same statements. */
static void test_split_postgres__like_the_parser(void **state)
{
    static const char sql[] =
        "-- first\nCREATE TYPE \"public\".\"role\" AS ENUM('a;', 'us''er');"
        "--> statement-breakpoint\nCREATE TABLE t (\n\ta text DEFAULT E'\\';' NOT "
        "NULL, "
        "b jsonb DEFAULT '{}'::jsonb\n);\n--> statement-breakpoint\n"
        "CREATE OR REPLACE FUNCTION f(x int) RETURNS int LANGUAGE plpgsql AS $body$\n"
        "begin return $1; end;\n$body$;\nCREATE FUNCTION g(x int) RETURNS int\nBEGIN "
        "ATOMIC\n SELECT CASE x WHEN 1 THEN 2 END;\n SELECT 2;\nEND;\n"
        "/* a; /* b; */ c; */ SELECT 1;\nCREATE RULE r AS ON INSERT TO t DO (DELETE "
        "FROM "
        "t; NOTIFY x);\nSELECT U&\"d\\0061t;\" FROM t; INSERT INTO t VALUES ($$;$$)";
    vg_arena arena = {0};
    vg_statement_list list;
    (void)state;
    PgQuerySplitResult want = pg_query_split_with_parser(sql);
    assert_null(want.error);
    assert_int_equal(vg__split(&postgres, sql, sizeof sql - 1, &arena, &list), VG_OK);
    assert_int_equal(list.len, want.n_stmts);
    for (size_t i = 0; i < list.len; i++) {
        const char *end = sql + want.stmts[i]->stmt_location + want.stmts[i]->stmt_len;
        assert_ptr_equal(list.data[i].text + list.data[i].len, end);
    }
    pg_query_free_split_result(want);
    vg_arena_free(&arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split_postgres__ends_of_statements),
        cmocka_unit_test(test_split_postgres__bodies),
#ifdef VIRGA_PG_QUERY
        cmocka_unit_test(test_split_postgres__like_the_parser),
#endif
    };
    return cmocka_run_group_tests_name("split_postgres", tests, NULL, NULL);
}
