/* What is said of statements: the kit's own, and those of others. */
#include "kit_unit.h"
#include "kit_schema.h"
#include <stdio.h>
#include <string.h>

typedef struct job {
    const char *from, *to, *text;
} job;

/* A line for each statement with a note: the flags as LRF, and the note. */
static int own(vg_kit *k, void *args)
{
    job *j = args;
    vgk_snapshot a, b;
    vgk_changes changes;
    vgk_statements all;
    vg_buf *buf = vgk_buf(k);
    schema_of(k, j->from, &a);
    schema_of(k, j->to, &b);
    if (vgk_diff(k, &a, &b, NULL, &changes) ||
        k->dialect->statements(k, &changes, &all))
        return k->code;
    for (size_t i = 0; i < all.len; i++) {
        const vgk_statement *s = &all.data[i];
        if (s->note)
            vgk_put(buf, "%s%s%s: %s\n", s->flags & VGK_LOSES ? "L" : "",
                    s->flags & VGK_REWRITES ? "R" : "",
                    s->flags & VGK_MAY_FAIL ? "F" : "", s->note);
    }
    j->text = vgk_buf_text(k, buf, NULL);
    return VG_OK;
}

static const char *notes(const char *from, const char *to)
{
    job j = {from, to, NULL};
    assert_int_equal(vgk_enter(kit, own, &j), VG_OK);
    return j.text;
}

#define T "table|t\ncol|id|integer|pk nn\n"

static void test_lint__names_what_the_kits_statements_do(void **state)
{
    (void)state;
    assert_string_equal(notes("", T "index|i|unique|id\n"), "");
    assert_string_equal(notes(T, ""), "L: drops table t and its rows\n");
    assert_string_equal(notes(T "col|a|text\n", T),
                        "L: drops column t.a and its values\n");
    assert_string_equal(
        notes(T, T "col|a|text|nn\n"),
        "F: fails if table t has rows: a is NOT NULL and has no default; "
        "give it one, or let it be NULL first\n");
    assert_string_equal(
        notes(T, T "index|i|unique|id\n"),
        "RF: reads all of table t; fails if two rows are the same for index i\n");
    assert_string_equal(
        notes(T "col|a|text\n", T "col|a|integer|nn\n"),
        "RF: copies table t; fails if t.a is NULL in a row: fill it first; "
        "t.a changes from text to integer, its values are converted\n");
    assert_string_equal(
        notes(T "col|a|text\n", T "check|c|id > 0\n"),
        "RF: copies table t; fails if a row is not as CHECK c wants it: id > 0\n"
        "L: drops column t.a and its values\n");
    assert_string_equal(
        notes(T "col|a|text\n", T "col|a|text\nfk|a|u|id\n"),
        "RF: copies table t; fails if a row of t refers to no row of u\n");
    assert_string_equal(
        notes(T, "table|t|strict\ncol|id|integer|pk nn\n"),
        "RF: copies table t; fails if a value of t is not of its column's type\n");
}

/* The findings, a line each. */
static const char *lint(const char *sql)
{
    static char text[2000];
    vg_kit_statements found;
    size_t n = 0;
    assert_int_equal(vg_kit_lint(kit, sql, &found), VG_OK);
    *text = 0;
    for (size_t i = 0; i < found.len; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s%s %s: %s\n",
                              found.data[i].flags & VG_KIT_LOSES ? "L" : "",
                              found.data[i].flags & VG_KIT_REWRITES ? "R" : "",
                              found.data[i].flags & VG_KIT_MAY_FAIL ? "F" : "",
                              found.data[i].table, found.data[i].note);
    return text;
}

static void test_lint__reads_what_others_wrote(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *found;
    } cases[] = {
        {"", ""},
        {"-- DROP TABLE a;\n/* DELETE FROM b */ SELECT 'DROP TABLE c'", ""},
        {"CREATE TABLE a(x); CREATE UNIQUE INDEX i ON a(x); INSERT INTO a SELECT 1; "
         "DROP TABLE a",
         ""},
        {"drop table if exists `my t`;", "L my t: drops table my t and its rows\n"},
        {"DELETE FROM a WHERE x = 1;\ndelete from b;",
         "L a: deletes rows of a\nL b: deletes all rows of b: it has no WHERE\n"},
        {"UPDATE a SET x = 1", "LR a: changes all rows of a: it has no WHERE\n"},
        {"UPDATE a SET x = 1 WHERE y", ""},
        {"INSERT INTO a VALUES (1); INSERT INTO a SELECT * FROM b",
         "R a: copies rows into a\n"},
        {"REPLACE INTO a VALUES (1)", "L a: replaces rows of a that are there\n"},
        {"ALTER TABLE \"a\" DROP COLUMN x; ALTER TABLE a ADD x text NOT NULL; "
         "ALTER TABLE a ADD y text NOT NULL DEFAULT ''; ALTER TABLE a RENAME TO b",
         "L a: drops a column of a and its values\n"
         "F a: fails if table a has rows: NOT NULL needs a DEFAULT here\n"},
        {"CREATE INDEX IF NOT EXISTS i ON a(x)",
         "R i: reads a whole table for index i\n"},
        {"PRAGMA writable_schema=ON", "L : PRAGMA writable_schema can make the file "
                                      "unreadable; use ALTER TABLE or a copy\n"},
        {"VACUUM;", "RF : VACUUM cannot run in a transaction, where migrations run; "
                    "run it on its own\n"},
        {"BEGIN; SELECT 1; COMMIT;",
         "F : a migration runs in a transaction already\n"
         "F : ends the transaction that the migration runs in\n"},
        /* A trigger's body is not run. */
        {"CREATE TEMP TRIGGER r AFTER INSERT ON a BEGIN DELETE FROM a; UPDATE a SET x "
         "= CASE "
         "WHEN 1 THEN 2 END; DROP TABLE b; END; DROP TABLE c;",
         "L c: drops table c and its rows\n"},
        /* The copy of a table: what is dropped is there again. */
        {"CREATE TABLE `__new_a` (x);\n--> statement-breakpoint\n"
         "INSERT INTO `__new_a`(\"x\") SELECT \"x\" FROM `a`;--> statement-breakpoint\n"
         "DROP TABLE `a`;--> statement-breakpoint\nALTER TABLE `__new_a` RENAME TO "
         "`a`;",
         "R __new_a: copies rows into __new_a\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(lint(cases[i].sql), cases[i].found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lint__names_what_the_kits_statements_do),
        cmocka_unit_test(test_lint__reads_what_others_wrote),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
