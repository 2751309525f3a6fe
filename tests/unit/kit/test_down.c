/* The way back, and what no way leads back to. */
#include "kit_unit.h"
#include "kit_schema.h"

typedef struct job {
    const char *from, *to, *renames, *text;
} job;

static int run(vg_kit *k, void *args)
{
    job *j = args;
    vgk_snapshot a, b;
    vgk_changes changes;
    vgk_statements back;
    vgk_texts losses;
    vgk_renames renames = renames_of(k, j->renames);
    schema_of(k, j->from, &a);
    schema_of(k, j->to, &b);
    if (vgk_diff(k, &a, &b, &renames, &changes) ||
        vgk_inverse(k, &changes, &back, &losses))
        return k->code;
    j->text = vgk_down(k, &back, &losses, false);
    return VG_OK;
}

static const char *down(const char *from, const char *to, const char *renames)
{
    job j = {from, to, renames, NULL};
    assert_int_equal(vgk_enter(kit, run, &j), VG_OK);
    return j.text;
}

#define T "table|t\ncol|id|integer|pk nn\n"

static void test_down__takes_back_what_loses_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *renames, *back;
    } cases[] = {
        {T, T "index|i||id\n", "", "DROP INDEX `i`;"},
        {T "index|i||id\n", T, "", "CREATE INDEX `i` ON `t` (`id`);"},
        {T, T "view|v|select 1\n", "", "DROP VIEW `v`;"},
        {T "view|v|select 1\n", T "view|v|select 2\n", "",
         "DROP VIEW `v`;\nCREATE VIEW `v` AS select 1;"},
        {T, T "trigger|r|t|CREATE TRIGGER r;\n", "", "DROP TRIGGER `r`;"},
        {T "trigger|r|t|CREATE TRIGGER r;\n", T, "", "CREATE TRIGGER r;"},
        {T "col|a|text\n", "table|u\ncol|id|integer|pk nn\ncol|b|text\n",
         "t=u\nt.a=u.b",
         "ALTER TABLE `u` RENAME TO `t`;\nALTER TABLE `t` RENAME COLUMN \"b\" TO "
         "\"a\";"},
        {T "view|v|select 1\n", T "view|w|select 1\n", "view v=w",
         "DROP VIEW `w`;\nCREATE VIEW `v` AS select 1;"},
        {T "col|a|integer\n", T "col|b|integer|nn\n", "t.a=t.b",
         "PRAGMA foreign_keys=OFF;\n"
         "CREATE TABLE `__new_t` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`a` "
         "integer\n);\n\n"
         "INSERT INTO `__new_t`(\"id\", \"a\") SELECT \"id\", \"b\" FROM `t`;\n"
         "DROP TABLE `t`;\n"
         "ALTER TABLE `__new_t` RENAME TO `t`;\n"
         "PRAGMA foreign_keys=ON;"},
        /* What was added goes, and what was put in since: that is said. */
        {"", T, "", "-- drops table t and its rows\nDROP TABLE `t`;"},
        {T, T "col|a|text\n", "",
         "-- drops column t.a and its values\nALTER TABLE `t` DROP COLUMN `a`;"},
        {T,
         T "virtual|f|CREATE VIRTUAL TABLE f USING fts5(a);|INSERT INTO f(f) "
           "VALUES('x');\n",
         "", "DROP TABLE `f`;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(down(cases[i].from, cases[i].to, cases[i].renames),
                            cases[i].back);
}

static void test_down__says_what_is_lost(void **state)
{
    (void)state;
    assert_string_equal(down(T, "", ""), "-- irreversible: drops table t and its rows\n"
                                         "CREATE TABLE `t` (\n"
                                         "\t`id` integer PRIMARY KEY NOT NULL\n);\n");
    assert_string_equal(down(T "col|a|text\n", T, ""),
                        "-- irreversible: drops column t.a and its values\n"
                        "ALTER TABLE `t` ADD `a` text;");
    assert_string_equal(
        down(T "col|a|text\n", T "col|a|text|||(id)|virtual\n", ""),
        "-- irreversible: t.a becomes a generated column, its values are gone\n"
        "PRAGMA foreign_keys=OFF;\n"
        "CREATE TABLE `__new_t` (\n"
        "\t`id` integer PRIMARY KEY NOT NULL,\n\t`a` text\n);\n\n"
        "INSERT INTO `__new_t`(\"id\", \"a\") SELECT \"id\", \"a\" FROM `t`;\n"
        "DROP TABLE `t`;\n"
        "ALTER TABLE `__new_t` RENAME TO `t`;\n"
        "PRAGMA foreign_keys=ON;");
    assert_string_equal(
        down(T "virtual|f|CREATE VIRTUAL TABLE f USING fts5(a);\n", T, ""),
        "-- irreversible: drops virtual table f and what it holds\n"
        "CREATE VIRTUAL TABLE f USING fts5(a);");
}

static void test_down__knows_which_types_convert(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        bool lossy;
    } cases[] = {
        {"text", "integer", true},     {"text", "text(20)", false},
        {"integer", "text", false},    {"real", "text", true},
        {"integer", "real", true},     {"real", "integer", false},
        {"numeric", "real", true},     {"blob", "text", true},
        {"text", "blob", false},       {"text", "numeric", true},
        {"int", "bigint", false},      {"varchar(3)", "clob", false},
        {"integer", "numeric", false},
    };
    const vgk_dialect *d = vgk_dialect_named("sqlite");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (d->converts(cases[i].from, cases[i].to) != cases[i].lossy)
            fail_msg("%s to %s", cases[i].from, cases[i].to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_down__takes_back_what_loses_nothing),
        cmocka_unit_test(test_down__says_what_is_lost),
        cmocka_unit_test(test_down__knows_which_types_convert),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
