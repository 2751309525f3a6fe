/* Files as statements: what ends one, which line it is on, what it does. */
#include "check.h"
#include "migrate/split.h"
#include <stdio.h>

static const vg_migrator *sqlite;

static void check_split_by(const vg_migrator *migrator, const char *sql, size_t len,
                           const char *expected)
{
    vg_arena arena = {0};
    vg_statement_list list;
    char got[2000] = "";
    assert_int_equal(vg__split(migrator, sql, len, &arena, &list), VG_OK);
    for (size_t i = 0; i < list.len; i++) {
        size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, "%s%d:%.*s", i ? "|" : "",
                 list.data[i].line, (int)list.data[i].len, list.data[i].text);
    }
    check_text(got, expected);
    vg_arena_free(&arena);
}

static void check_split(const char *sql, const char *expected)
{
    check_split_by(sqlite, sql, strlen(sql), expected);
}

#define BREAK "--> statement-breakpoint"

/* Proves: K033. */
static void test_split__ends_of_statements(void **state)
{
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"", ""},
        {" \r\n\t ;; ; " BREAK "\n-- a; b\n/* c; \n */", ""},
        {"a", "1:a"},
        {"a;b ; c", "1:a|1:b|1:c"},
        {"\n\na\n;\r\n  b -- c;\r\n d;", "3:a|5:b -- c;\r\n d"},
        {"\xef\xbb\xbf"
         "a;\nb",
         "1:a|2:b"},
        {"a;" BREAK "\nb" BREAK "c" BREAK, "1:a|2:b|2:c"},
        {"a " BREAK " b", "1:a|1:b"},
        {"a -- x " BREAK " b\n c", "1:a|1:b\n c"},
        {"a --> statement-break\nb", "1:a --> statement-break\nb"},
        {"'a;b' \"c;d\" `e;f` [g;h]", "1:'a;b' \"c;d\" `e;f` [g;h]"},
        {"'a'';b' \"c\"\";d\" `e``;f`;g", "1:'a'';b' \"c\"\";d\" `e``;f`|1:g"},
        {"[a]];b", "1:[a]]|1:b"},
        {"a /* ; */ b /* ;", "1:a /* ; */ b"},
        {"a/*/;*/;b", "1:a|1:b"},
        {"a - - ; b -; c", "1:a - -|1:b -|1:c"},
        {"$1;$a$;b$a$", "1:$1|1:$a$|1:b$a$"},
        {"a \xc3\xa9;\xc3\xa9", "1:a \xc3\xa9|1:\xc3\xa9"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_split(cases[i].sql, cases[i].expected);
}

/* A breakpoint in something that is closed belongs to it; the file that drizzle-kit writes when
 * it reads a database first is one comment. What is not closed ends there. */
static void test_split__breakpoints_inside(void **state)
{
    (void)state;
    check_split("-- Current\n/*\nCREATE a;\n" BREAK "\nCREATE b;\n*/", "");
    check_split("insert '" BREAK "';b", "1:insert '" BREAK "'|1:b");
    check_split("a /* b\n" BREAK "\nc", "1:a|3:c");
    check_split("a 'b;\n" BREAK "\nc", "1:a 'b;\n|3:c");
    check_split("a 'b;\nc", "1:a 'b;\nc");
}

static void test_split__triggers(void **state)
{
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"create trigger t begin a; b; end; c",
         "1:create trigger t begin a; b; end|1:c"},
        {"CREATE TEMP TRIGGER t begin a; end;c",
         "1:CREATE TEMP TRIGGER t begin a; end|1:c"},
        {"create temporary/**/trigger t begin a; -- end;\n END -- x\n ; c",
         "1:create temporary/**/trigger t begin a; -- end;\n END|3:c"},
        {"create trigger t begin select case x when 1 then 2 end; end; c",
         "1:create trigger t begin select case x when 1 then 2 end; end|1:c"},
        {"create trigger t begin a; end" BREAK "b",
         "1:create trigger t begin a; end|1:b"},
        {"create trigger t begin a; end", "1:create trigger t begin a; end"},
        {"create trigger t begin a; endx; b; end; c",
         "1:create trigger t begin a; endx; b; end|1:c"},
        {"create trigger t begin a; end x; b", "1:create trigger t begin a; end x; b"},
        {"create trigger t begin a; \"end\"; b",
         "1:create trigger t begin a; \"end\"; b"},
        {"create table trigger (a); end;", "1:create table trigger (a)|1:end"},
        {"create \"trigger\" t; a", "1:create \"trigger\" t|1:a"},
        {"explain create x; a", "1:explain create x|1:a"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_split(cases[i].sql, cases[i].expected);
}

/* Other databases bring another table. */
static void test_split__other_quotes(void **state)
{
    static const vg_lexis lexis = {
        .quotes = "\"", .dollars = true, .nested_comments = true};
    static const vg_pattern none[] = {{NULL, 0}};
    static const vg_migrator other = {.lexis = &lexis, .patterns = none};
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"a $$b;c$$;d", "1:a $$b;c$$|1:d"},
        {"a $x$b;$$;c$x$;d", "1:a $x$b;$$;c$x$|1:d"},
        {"a $1;$2;b", "1:a $1|1:$2|1:b"},
        {"a$b$;c$b$", "1:a$b$|1:c$b$"},
        {"a /* /* ; */ ; */ b;c", "1:a /* /* ; */ ; */ b|1:c"},
        {"a[1;2]`;`", "1:a[1|1:2]`|1:`"},
        {"a $$b;" BREAK "c;d", "1:a $$b;|1:c|1:d"},
        {"create trigger t; end; a", "1:create trigger t|1:end|1:a"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_split_by(&other, cases[i].sql, strlen(cases[i].sql), cases[i].expected);
}

static void test_split__what_statements_do(void **state)
{
    enum {
        SAFE = VG_DOES_NO_ORPHANS,
        LOSE = VG_DOES_LOSE,
        TX = VG_DOES_TRANSACTION,
        KEYS = VG_DOES_KEYS | SAFE
    };
    static const struct {
        const char *sql;
        unsigned does;
    } cases[] = {
        {"begin immediate", TX},
        {"Commit", TX},
        {"end transaction", TX},
        {"rollback /* all */", TX},
        {"rollback to a", 0},
        {"rollback transaction to a", 0},
        {"savepoint a", SAFE},
        {"vacuum into 'x'", VG_DOES_ALONE},
        {"PRAGMA foreign_keys=OFF", KEYS},
        {"PRAGMA main.foreign_keys(on)", KEYS},
        {"PRAGMA defer_foreign_keys=1", SAFE},
        {"drop table if exists a", LOSE},
        {"drop index a", 0},
        {"drop view a", SAFE},
        {"alter table a drop b", LOSE},
        {"alter table main . \"a b\" drop column b", LOSE},
        {"alter table `drop` rename to [x]", VG_DOES_RENAME | SAFE},
        {"alter table a rename column b to c", SAFE},
        {"alter table a add b int", SAFE},
        {"alter table a add b int references c (d)", 0},
        {"delete from a", LOSE},
        {"update a set b = 1", LOSE},
        {"insert or replace into a values (1)", LOSE},
        {"insert into a values ('delete')", 0},
        {"replace into a values (1)", LOSE},
        {"with a as (select 1) delete from b", LOSE},
        {"with a as (select 1) insert into b select * from a", 0},
        {"create table a (b)", SAFE},
        {"create trigger a after delete on b begin delete from c; end", SAFE},
        {"\"begin\"", 0},
        {"'x", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        unsigned does = vg__statement_does(sqlite, cases[i].sql, strlen(cases[i].sql));
        if (does != cases[i].does)
            print_error("%s: %u, not %u\n", cases[i].sql, does, cases[i].does);
        assert_int_equal(does, cases[i].does);
    }
}

static void test_split__many(void **state)
{
    enum { COUNT = 5000 };
    static char sql[COUNT * 4 + 1];
    vg_arena arena = {0};
    vg_statement_list list;
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        memcpy(sql + i * 4, "a ;\n", 4);
    assert_int_equal(vg__split(sqlite, sql, strlen(sql), &arena, &list), VG_OK);
    assert_int_equal(list.len, COUNT);
    assert_int_equal(list.data[COUNT - 1].line, COUNT);
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split__ends_of_statements),
        cmocka_unit_test(test_split__breakpoints_inside),
        cmocka_unit_test(test_split__triggers),
        cmocka_unit_test(test_split__other_quotes),
        cmocka_unit_test(test_split__what_statements_do),
        cmocka_unit_test(test_split__many),
    };
    vg_db *db;
    if (vg_open(&db, ":memory:", NULL) != VG_OK)
        return 1;
    sqlite = vg__migrator_of(db);
    vg_close(db);
    return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
