/* What PostgreSQL's parser lets lint say. */
#include "check.h"
#include "dialect/postgres.h"
#include "kit/dialect.h"
#include "kit/kit.h"
#include <stdio.h>
#ifdef VIRGA_PG_QUERY
#    include "kit/postgres/lint.h"

static vg_kit *kit;

/* The findings: line, flags (Lose, Rewrite, Fail, Wait, Break), table, note. */
static const char *lint(const char *sql)
{
    static char text[8000];
    vg_kit_statements found;
    size_t n = 0;
    assert_int_equal(vg_kit_lint(kit, sql, &found), VG_OK);
    *text = 0;
    for (size_t i = 0; i < found.len; i++) {
        unsigned f = found.data[i].flags;
        n += (size_t)snprintf(
            text + n, sizeof text - n, "%s%d %s%s%s%s%s %s: %s", i ? "\n" : "",
            found.data[i].line, f & VG_KIT_LOSES ? "L" : "",
            f & VG_KIT_REWRITES ? "R" : "", f & VG_KIT_MAY_FAIL ? "F" : "",
            f & VG_KIT_LOCKS ? "W" : "", f & VG_KIT_BREAKS ? "B" : "",
            found.data[i].table, found.data[i].note);
    }
    return text;
}

/* Each with the beginning and a piece of what is said. */
static void test_lint_postgres__says_what_a_statement_does(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *begins, *has;
    } cases[] = {
        {"alter table a.t add column c uuid default gen_random_uuid()",
         "1 RW a.t: rewrites table a.t while nobody can read it: gen_random_uuid()",
         "ALTER COLUMN c SET DEFAULT"},
        {"alter table t add c int default mine(1)", "1 RW t: rewrites table t",
         "unless the function is declared STABLE or IMMUTABLE"},
        {"alter table t add c bigserial", "1 RW t: rewrites", "each row gets a number"},
        {"alter table t add c int generated always as identity", "1 RW t: rewrites",
         "gets a number"},
        {"alter table t add c int generated always as (a + 1) stored",
         "1 RW t: rewrites", "computed"},
        {"alter table t add c int not null", "1 F t: fails if table t has rows",
         "DEFAULT"},
        {"alter table t add c int unique", "1 RW t: builds an index", "USING INDEX"},
        {"alter table t add c int check (c > 0)", "1 RW t: reads all", "NOT VALID"},
        {"alter table t add c int default 1 references o", "1 RW t: looks",
         "VALIDATE CONSTRAINT"},
        {"alter table t alter c set not null", "1 RFW t: reads all",
         "CHECK (c IS NOT NULL)"},
        {"alter table t alter c set data type bigint", "1 RFW t: rewrites",
         "new column"},
        {"alter table t alter c type text", "1 RFW t: rewrites",
         "unless the column was varchar."},
        {"alter table t alter c type varchar(20)", "1 RFW t: rewrites",
         "a varchar that is not longer"},
        {"alter table t alter c type numeric(10,2)", "1 RFW t: rewrites", "same scale"},
        {"alter table t add constraint f foreign key (a) references o (b)",
         "1 RFW t: looks at each row of table t", "VALIDATE CONSTRAINT f"},
        {"alter table t add constraint f check (a > 0)", "1 RFW t: reads", "NOT VALID"},
        {"alter table t add constraint f unique (a)", "1 RFW t: builds",
         "UNIQUE USING INDEX"},
        {"alter table t add primary key (a)", "1 RFW t: builds",
         "PRIMARY KEY USING INDEX"},
        {"alter table t add exclude using gist (c with &&)", "1 RFW t: builds", ""},
        {"alter table t drop column c", "1 LB t: drops column c of t", "fail"},
        {"alter table t set logged", "1 RW t: rewrites", ""},
        {"alter table t attach partition p for values from (1) to (2)",
         "1 RW t: reads all", "CHECK"},
        {"alter table t detach partition p", "1 W t: waits", "CONCURRENTLY"},
        {"create index i on s.t (a)", "1 RW s.t: nobody can write to table s.t",
         "CREATE INDEX CONCURRENTLY"},
        {"create unique index i on t (a)", "1 RFW t: nobody can write",
         "CREATE UNIQUE INDEX CONCURRENTLY"},
        {"create unique index concurrently i on t (a)", "1 F t: fails if two rows",
         "i"},
        {"drop index s.i", "1 W s.i: waits", "DROP INDEX CONCURRENTLY"},
        {"drop table a cascade", "1 LB a: drops table a", "depends"},
        {"drop schema s cascade", "1 LB s: drops all", ""},
        {"drop type e cascade", "1 LB e: drops the columns", ""},
        {"alter table t rename column a to b", "1 B t: programs", "Add b beside it"},
        {"alter table t rename to u", "1 B t: programs", "view"},
        {"truncate a, b cascade", "1 LW b: deletes all rows of a", "rows of b"},
        {"lock table t in share mode", "1 W t: keeps", ""},
        {"vacuum full t", "1 RW t: rewrites", "VACUUM alone"},
        {"cluster t using i", "1 RW t: rewrites", ""},
        {"reindex table t", "1 RW t: nobody", "CONCURRENTLY"},
        {"refresh materialized view m", "1 RW m: nobody can read", "CONCURRENTLY"},
        {"update t set a = 1", "1 LRW t: changes all rows of t", "WHERE"},
        {"delete from t", "1 L t: deletes all rows of t", "WHERE"},
        {"delete from t where a = 1", "1 L t: deletes rows of t", ""},
        {"insert into t select * from u", "1 R t: copies rows into t", ""},
        {"begin", "1 F : a migration runs in a transaction", ""},
        {"copy t from stdin", "1 F t: COPY", ""},
        {"alter type e rename value 'a' to 'b'", "1 B e: programs", ""},
        {"alter type e add value 'x'; insert into t values ('x')",
         "1 F e: value 'x' of e can be used when it is committed", "drizzle-kit"},
        {"\n\nselect 1;\nalter tabel t add c int", "4 F : syntax error at or near", ""},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        const char *got = lint(cases[i].sql);
        if (strncmp(got, cases[i].begins, strlen(cases[i].begins)) != 0 ||
            !strstr(got, cases[i].has))
            fail_msg("%s\ngot: %s\nnot: %s ... %s", cases[i].sql, got, cases[i].begins,
                     cases[i].has);
    }
}

/* What PostgreSQL does at no cost, what is right already, and what concerns a table that the
 * same text makes. */
static void test_lint_postgres__is_silent(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "alter table t add c int",
        "alter table t add c int not null default 0",
        "alter table t add c timestamptz not null default now()",
        "alter table t add c text default lower('A') || current_user",
        "alter table t add c int references o",
        "alter table t add constraint f foreign key (a) references o not valid",
        "alter table t validate constraint f",
        "alter table t add constraint f check (a > 0) not valid",
        "alter table t add constraint u unique using index i",
        "alter table t alter c drop not null, alter c set default 1",
        "alter table t drop constraint f",
        "alter table t add constraint n check (c is not null) not valid;\n"
        "alter table t validate constraint n; alter table t alter c set not null",
        "create index concurrently i on t (a)",
        "drop index concurrently i",
        "reindex table concurrently t",
        "reindex (concurrently) index i",
        "refresh materialized view concurrently m",
        "alter type e add value 'x'",
        "vacuum t",
        "drop view v",
        "update t set a = 1 where b",
        "insert into t values (1)",
        "create table t (a int); create index i on t (a); alter table t add constraint "
        "u "
        "unique (a), alter a set not null; insert into t select 1 from u; drop table t",
        "create function f() returns int language sql begin atomic delete from t; "
        "select 1; "
        "end",
        "savepoint a",
        "alter index i rename to j",
        "alter table t enable row level security",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        if (*lint(cases[i]))
            fail_msg("%s\n%s", cases[i], lint(cases[i]));
}

static void test_lint_postgres__lines_of_a_file(void **state)
{
    (void)state;
    const char *got =
        lint("-- a\nCREATE TABLE \"n\" (\"id\" serial);\n"
             "--> statement-breakpoint\nDROP TABLE \"o\" CASCADE;"
             "--> statement-breakpoint\n\nCREATE INDEX \"i\" ON \"p\" USING "
             "btree (\"a\");");
    assert_non_null(strstr(got, "4 LB o: "));
    assert_non_null(strstr(got, "\n6 RW p: "));
}

int main(void)
{
    static vgk_dialect dialect;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lint_postgres__says_what_a_statement_does),
        cmocka_unit_test(test_lint_postgres__is_silent),
        cmocka_unit_test(test_lint_postgres__lines_of_a_file),
    };
    if (vg_kit_open(&kit, NULL) != VG_OK)
        return 1;
    dialect = *kit->dialect;
    dialect.name = "postgresql";
    dialect.sql = &vg_dialect_postgres;
    dialect.lint = vgk_postgres_lint;
    kit->dialect = &dialect;
    int rc = cmocka_run_group_tests_name("lint_postgres", tests, NULL, NULL);
    vg_kit_close(kit);
    return rc;
}
#else
int main(void)
{
    return 0;
}
#endif
