/* Two snapshots to statements: the text, byte for byte, and its order. */
#include "kit_unit.h"
#include "kit_schema.h"
#include <string.h>

typedef struct job {
    const char *from, *to, *renames;
    const char *sql;
} job;

static int run(vg_kit *k, void *args)
{
    job *j = args;
    vgk_snapshot *s = vgk_alloc(k, 2 * sizeof *s);
    vgk_changes changes;
    vgk_statements statements;
    schema_of(k, j->from, &s[0]);
    schema_of(k, j->to, &s[1]);
    vgk_renames renames = renames_of(k, j->renames ? j->renames : "");
    if (vgk_diff(k, &s[0], &s[1], &renames, &changes) ||
        k->dialect->statements(k, &changes, &statements))
        return k->code;
    j->sql = vgk_join(k, &statements, false, NULL);
    return VG_OK;
}

/* The statements from one to the other, a newline between them. */
static const char *sql_of(const char *from, const char *to, const char *renames)
{
    job j = {from, to, renames, NULL};
    assert_int_equal(vgk_enter(kit, run, &j), VG_OK);
    return j.sql;
}

#define POSTS                         \
    "table|posts\n"                   \
    "col|id|integer|pk nn\n"          \
    "col|author_id|integer|nn\n"      \
    "col|title|text||'x'\n"           \
    "fk|author_id|users|id|cascade\n" \
    "index|posts_author_idx||author_id\n"
#define USERS                     \
    "table|users\n"               \
    "col|id|integer|pk nn auto\n" \
    "col|email|text|nn\n"         \
    "index|users_email_unique|unique|email\n"

/* Proves: K044. */
static void test_statements__create_and_drop_tables(void **state)
{
    (void)state;
    assert_string_equal(
        sql_of("", POSTS USERS, NULL),
        "CREATE TABLE `posts` (\n"
        "\t`id` integer PRIMARY KEY NOT NULL,\n"
        "\t`author_id` integer NOT NULL,\n"
        "\t`title` text DEFAULT 'x',\n"
        "\tFOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON "
        "DELETE cascade\n"
        ");\n"
        "\nCREATE INDEX `posts_author_idx` ON `posts` (`author_id`);"
        "\nCREATE TABLE `users` (\n"
        "\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n"
        "\t`email` text NOT NULL\n"
        ");\n"
        "\nCREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);");
    assert_string_equal(sql_of(POSTS USERS, USERS, NULL), "DROP TABLE `posts`;");
    assert_string_equal(sql_of(POSTS USERS, POSTS USERS, NULL), "");
}

#define T "table|t\ncol|id|integer|pk nn\n"
#define T_COPY                   \
    "PRAGMA foreign_keys=OFF;\n" \
    "CREATE TABLE `__new_t` (\n" \
    "\t`id` integer PRIMARY KEY NOT NULL"
#define T_COPIED(columns)                                               \
    "INSERT INTO `__new_t`(" columns ") SELECT " columns " FROM `t`;\n" \
    "DROP TABLE `t`;\n"                                                 \
    "ALTER TABLE `__new_t` RENAME TO `t`;\n"                            \
    "PRAGMA foreign_keys=ON;"

typedef struct golden {
    const char *from, *to, *renames, *sql;
} golden;

static void check(const golden *cases, size_t len)
{
    for (size_t i = 0; i < len; i++)
        assert_string_equal(sql_of(cases[i].from, cases[i].to, cases[i].renames),
                            cases[i].sql);
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

/* Proves: K045. */
static void test_statements__add_columns(void **state)
{
    (void)state;
    static const golden cases[] = {
        {T, T "col|a|text\n", NULL, "ALTER TABLE `t` ADD `a` text;"},
        {T, T "col|a|integer|nn|true\ncol|b|text|nn|'it''s'\n", NULL,
         "ALTER TABLE `t` ADD `a` integer DEFAULT true NOT NULL;\n"
         "ALTER TABLE `t` ADD `b` text DEFAULT 'it''s' NOT NULL;"},
        {T, T "col|g|text|nn||(id + 1)|virtual\n", NULL,
         "ALTER TABLE `t` ADD `g` text GENERATED ALWAYS AS (id + 1) VIRTUAL NOT NULL;"},
        /* One after the other it is made of. */
        {T, T "col|g|text|||(upper(a))|virtual\ncol|a|text\n", NULL,
         "ALTER TABLE `t` ADD `a` text;\n"
         "ALTER TABLE `t` ADD `g` text GENERATED ALWAYS AS (upper(a)) VIRTUAL;"},
        {T, T "col|o|integer\nfk|o|u|id\n", NULL,
         "ALTER TABLE `t` ADD `o` integer REFERENCES u(id);"},
        /* The actions are printed, and names that need it are in quotes. */
        {T, T "col|o|integer\nfk|o|order|my id|cascade\n", NULL,
         "ALTER TABLE `t` ADD `o` integer REFERENCES `order`(`my id`) "
         "ON UPDATE no action ON DELETE cascade;"},
        {T, T "col|a|text||('it''s')\ncol|b|real||(-1.5)\ncol|c|text||(NULL)\n", NULL,
         "ALTER TABLE `t` ADD `a` text DEFAULT ('it''s');\n"
         "ALTER TABLE `t` ADD `b` real DEFAULT (-1.5);\n"
         "ALTER TABLE `t` ADD `c` text DEFAULT (NULL);"},
        /* SQLite does not add these to a table that has rows. */
        {T, T "col|n|integer||(1 + 2)\n", NULL,
         T_COPY ",\n\t`n` integer DEFAULT (1 + 2)\n);\n\n" T_COPIED("\"id\"")},
        {T, T "col|at|integer|nn|(unixepoch())\n", NULL,
         T_COPY
         ",\n\t`at` integer DEFAULT (unixepoch()) NOT NULL\n);\n\n" T_COPIED("\"id\"")},
        {T, T "col|at|text||CURRENT_TIMESTAMP\n", NULL,
         T_COPY ",\n\t`at` text DEFAULT CURRENT_TIMESTAMP\n);\n\n" T_COPIED("\"id\"")},
        {T, T "col|g|text|||(id + 1)|stored\n", NULL,
         T_COPY ",\n\t`g` text GENERATED ALWAYS AS (id + 1) STORED\n);\n\n" T_COPIED(
             "\"id\"")},
    };
    CHECK(cases);
}

/* Proves: K044. */
static void test_statements__drop_and_rename(void **state)
{
    (void)state;
    static const golden cases[] = {
        {T "col|a|text\n", T, NULL, "ALTER TABLE `t` DROP COLUMN `a`;"},
        /* What is generated goes before what it is made of. */
        {T "col|a|text\ncol|g|text|||(upper(a))|virtual\n", T, NULL,
         "ALTER TABLE `t` DROP COLUMN `g`;\nALTER TABLE `t` DROP COLUMN `a`;"},
        {T "col|a|text\n", T "col|b|text\n", "t.a=t.b",
         "ALTER TABLE `t` RENAME COLUMN \"a\" TO \"b\";"},
        {T "col|a|text\n", "table|u\ncol|id|integer|pk nn\ncol|b|text\n",
         "t=u\nt.a=u.b",
         "ALTER TABLE `t` RENAME TO `u`;\n"
         "ALTER TABLE `u` RENAME COLUMN \"a\" TO \"b\";"},
        {"table|Users\ncol|id|integer|pk nn\n", "table|users\ncol|id|integer|pk nn\n",
         "Users=users",
         "ALTER TABLE `Users` RENAME TO `__new_users`;\n"
         "ALTER TABLE `__new_users` RENAME TO `users`;"},
        {T "col|a`b|text\n", T "col|c\"d|text\n", "t.a`b=t.c\"d",
         "ALTER TABLE `t` RENAME COLUMN \"a`b\" TO \"c\"\"d\";"},
        {T "col|k|integer|pk nn\n", T, NULL, T_COPY "\n);\n\n" T_COPIED("\"id\"")},
    };
    CHECK(cases);
}

/* Proves: K046 K047 K048 K051 K054. */
static void test_statements__recreate_a_table(void **state)
{
    (void)state;
    static const golden cases[] = {
        /* Its type, default, NOT NULL; all in one. */
        {T "col|a|text\n", T "col|a|integer\n", NULL,
         T_COPY ",\n\t`a` integer\n);\n\n" T_COPIED("\"id\", \"a\"")},
        {T "col|a|text\n", T "col|a|text||'x'\n", NULL,
         T_COPY ",\n\t`a` text DEFAULT 'x'\n);\n\n" T_COPIED("\"id\", \"a\"")},
        {T "col|a|text\ncol|b|text\n", T "col|a|text|nn\ncol|b|text||1\n", NULL,
         T_COPY ",\n\t`a` text NOT NULL,\n\t`b` text DEFAULT 1\n);\n\n" T_COPIED(
             "\"id\", \"a\", \"b\"")},
        {"table|t\ncol|id|integer|pk nn auto\n", T, NULL,
         T_COPY "\n);\n\n" T_COPIED("\"id\"")},
        /* Keys. */
        {T "col|a|text|nn\n", "table|t\ncol|id|integer|nn\ncol|a|text|nn\npk|id,a\n",
         NULL,
         "PRAGMA foreign_keys=OFF;\n"
         "CREATE TABLE `__new_t` (\n"
         "\t`id` integer NOT NULL,\n"
         "\t`a` text NOT NULL,\n"
         "\tPRIMARY KEY(`id`, `a`)\n);\n\n" T_COPIED("\"id\", \"a\"")},
        {T "col|a|integer\ncol|b|integer\n",
         T "col|a|integer\ncol|b|integer\nfk|a,b|u|x,y\n", NULL,
         T_COPY
         ",\n\t`a` integer,\n\t`b` integer,\n"
         "\tFOREIGN KEY (`a`,`b`) REFERENCES `u`(`x`,`y`) ON UPDATE no action ON "
         "DELETE no action\n);\n\n" T_COPIED("\"id\", \"a\", \"b\"")},
        {T "col|a|integer\nfk|a|u|id\n", T "col|a|integer\nfk|a|u|id|cascade\n", NULL,
         T_COPY
         ",\n\t`a` integer,\n\tFOREIGN KEY (`a`) REFERENCES `u`(`id`) ON UPDATE no "
         "action ON DELETE cascade\n);\n\n" T_COPIED("\"id\", \"a\"")},
        /* Conditions mention the new table; a text in them does not. */
        {T "col|a|text\n",
         T "col|a|text\ncheck|c|\"t\".\"a\" <> 't.x' and t.a <> ';'\n", NULL,
         T_COPY
         ",\n\t`a` text,\n\tCONSTRAINT \"c\" CHECK(\"__new_t\".\"a\" <> 't.x' and "
         "__new_t.a <> ';')\n);\n\n" T_COPIED("\"id\", \"a\"")},
        /* Only what both have is copied, by its old name; not what is generated. */
        {T "col|a|text\ncol|old|text\n",
         T "col|a|integer\ncol|new|text\ncol|n|text|nn|'x'\ncol|g|text|||(upper(a))|"
           "virtual\n",
         "t.old=t.new",
         T_COPY
         ",\n\t`a` integer,\n\t`new` text,\n\t`n` text DEFAULT 'x' NOT NULL,\n"
         "\t`g` text GENERATED ALWAYS AS (upper(a)) VIRTUAL\n);\n\n"
         "INSERT INTO `__new_t`(\"id\", \"a\", \"new\") SELECT \"id\", \"a\", \"old\" "
         "FROM `t`;\n"
         "DROP TABLE `t`;\n"
         "ALTER TABLE `__new_t` RENAME TO `t`;\n"
         "PRAGMA foreign_keys=ON;"},
        /* No column is in both: the rows still are. */
        {"table|t\ncol|a|text\n", "table|t\ncol|b|integer|nn|1\ncheck|c|b > 0\n", NULL,
         "PRAGMA foreign_keys=OFF;\n"
         "CREATE TABLE `__new_t` (\n"
         "\t`b` integer DEFAULT 1 NOT NULL,\n"
         "\tCONSTRAINT \"c\" CHECK(b > 0)\n);\n\n" T_COPIED("\"rowid\"")},
        /* A renamed one is renamed first. */
        {T "col|a|text\n", "table|u\ncol|id|integer|pk nn\ncol|b|integer\n",
         "t=u\nt.a=u.b",
         "ALTER TABLE `t` RENAME TO `u`;\n"
         "ALTER TABLE `u` RENAME COLUMN \"a\" TO \"b\";\n"
         "PRAGMA foreign_keys=OFF;\n"
         "CREATE TABLE `__new_u` (\n"
         "\t`id` integer PRIMARY KEY NOT NULL,\n"
         "\t`b` integer\n);\n\n"
         "INSERT INTO `__new_u`(\"id\", \"b\") SELECT \"id\", \"b\" FROM `u`;\n"
         "DROP TABLE `u`;\n"
         "ALTER TABLE `__new_u` RENAME TO `u`;\n"
         "PRAGMA foreign_keys=ON;"},
        /* What drizzle-kit does not know. */
        {T, "table|t|strict\ncol|id|integer|pk nn\n", NULL,
         T_COPY "\n) STRICT;\n\n" T_COPIED("\"id\"")},
        {T, "table|t|strict norowid\ncol|id|integer|pk nn\n", NULL,
         T_COPY "\n) STRICT, WITHOUT ROWID;\n\n" T_COPIED("\"id\"")},
        /* A key by another name is the same key. */
        {"table|t\ncol|a|text\ncol|b|text\npk|a,b\n",
         "table|u\ncol|a|text\ncol|b|text\npk|a,b\n", "t=u",
         "ALTER TABLE `t` RENAME TO `u`;"},
        {T "col|a|text (20)\n", T "col|a|text(20)\n", NULL, ""},
    };
    CHECK(cases);
}

/* UNIQUE is an index, as drizzle-kit has it. */
/* Proves: K053. */
static void test_statements__uniques(void **state)
{
    (void)state;
    static const golden cases[] = {
        {"", T "index|t_id_unique|unique|id\n", NULL,
         "CREATE TABLE `t` (\n\t`id` integer PRIMARY KEY NOT NULL\n);\n\n"
         "CREATE UNIQUE INDEX `t_id_unique` ON `t` (`id`);"},
        {T "index|a|unique|id\n", T "index|b|unique|id\n", NULL,
         "DROP INDEX `a`;\nCREATE UNIQUE INDEX `b` ON `t` (`id`);"},
        {T "index|a|unique|id\n", T, NULL, "DROP INDEX `a`;"},
        /* The constraint of an old snapshot. */
        {T "unique|u|id\n", T "index|u|unique|id\n", NULL,
         T_COPY
         "\n);\n\n" T_COPIED("\"id\"") "\nCREATE UNIQUE INDEX `u` ON `t` (`id`);"},
        {T, T "unique|group|id\n", NULL,
         T_COPY ",\n\tCONSTRAINT `group` UNIQUE(`id`)\n);\n\n" T_COPIED("\"id\"")},
    };
    CHECK(cases);
}

/* Proves: K044 K050. */
static void test_statements__indexes(void **state)
{
    (void)state;
    static const golden cases[] = {
        {T "index|i||id\n", T, NULL, "DROP INDEX `i`;"},
        {T,
         T "index|i|unique|id & =lower(\"a\", 'b,c')|\"t\".\"id\" > 1 and ';' <> ''\n",
         NULL,
         "CREATE UNIQUE INDEX `i` ON `t` (`id`,lower(\"a\", 'b,c')) "
         "WHERE \"t\".\"id\" > 1 and ';' <> '';"},
        {T "index|i||id\nindex|j||id\n", T "index|k||id\nindex|i|unique|id\n", NULL,
         "DROP INDEX `j`;\nDROP INDEX `i`;\n"
         "CREATE INDEX `k` ON `t` (`id`);\nCREATE UNIQUE INDEX `i` ON `t` (`id`);"},
        /* All of a recreated table, expressions as such. */
        {T "col|a|text\nindex|i||=lower(a)\n", T "col|a|text|nn\nindex|i||=lower(a)\n",
         NULL,
         T_COPY ",\n\t`a` text NOT NULL\n);\n\n" T_COPIED(
             "\"id\", \"a\"") "\nCREATE INDEX `i` ON `t` (lower(a));"},
        /* An expression that drizzle-kit cut at its comma is the same. */
        {T "index|i||coalesce(\"a\" & 1)\n", T "index|i||=coalesce(\"a\",1)\n", NULL,
         ""},
        /* The name is taken by a table that is dropped. */
        {"table|a\ncol|x|text\nindex|i||x\n", "table|b\ncol|x|text\nindex|i||x\n", NULL,
         "CREATE TABLE `b` (\n\t`x` text\n);\n\nDROP INDEX `i`;\n"
         "CREATE INDEX `i` ON `b` (`x`);\nDROP TABLE `a`;"},
    };
    CHECK(cases);
}

/* Proves: K049. */
static void test_statements__generated_columns(void **state)
{
    (void)state;
    static const golden cases[] = {
        {T "col|g|text|||(id + 1)|virtual\n", T "col|g|text|||(id + 2)|virtual\n", NULL,
         "ALTER TABLE `t` DROP COLUMN `g`;\n"
         "ALTER TABLE `t` ADD `g` text GENERATED ALWAYS AS (id + 2) VIRTUAL;"},
        {T "col|g|text\n", T "col|g|text|||(id + 2)|virtual\n", NULL,
         "ALTER TABLE `t` DROP COLUMN `g`;\n"
         "ALTER TABLE `t` ADD `g` text GENERATED ALWAYS AS (id + 2) VIRTUAL;"},
        /* An index is on it: it cannot be dropped. */
        {T "col|g|text|||(id + 1)|virtual\nindex|i||g\n",
         T "col|g|text|||(id + 2)|virtual\nindex|i||g\n", NULL,
         T_COPY ",\n\t`g` text GENERATED ALWAYS AS (id + 2) VIRTUAL\n);\n\n" T_COPIED(
             "\"id\"") "\nCREATE INDEX `i` ON `t` (`g`);"},
        {T "col|g|text|||(id + 1)|stored\n", T "col|g|text|||(id + 2)|stored\n", NULL,
         T_COPY ",\n\t`g` text GENERATED ALWAYS AS (id + 2) STORED\n);\n\n" T_COPIED(
             "\"id\"")},
        /* No longer generated: the values stay. */
        {T "col|g|text|||(id + 1)|virtual\n", T "col|g|text\n", NULL,
         T_COPY ",\n\t`g` text\n);\n\n" T_COPIED("\"id\", \"g\"")},
    };
    CHECK(cases);
}

/* Proves: K052. */
static void test_statements__views_and_what_depends(void **state)
{
    (void)state;
    static const golden cases[] = {
        {T, T "view|v|select 1\n", NULL, "CREATE VIEW `v` AS select 1;"},
        {T "view|v|select 1\nview|x\n", T "view|y\n", NULL, "DROP VIEW `v`;"},
        {T "view|v|select 1\n", T "view|v|select 2\n", NULL,
         "DROP VIEW `v`;\nCREATE VIEW `v` AS select 2;"},
        {T "view|v|select 1\n", T "view|w|select 1\n", "view v=w",
         "DROP VIEW `v`;\nCREATE VIEW `w` AS select 1;"},
        {T "view|v|select 1\nview|a|select 2\n", T "view|v|select 3\nview|b|select 4\n",
         NULL,
         "DROP VIEW `a`;\nDROP VIEW `v`;\n"
         "CREATE VIEW `b` AS select 4;\nCREATE VIEW `v` AS select 3;"},
        {T "view|v|select 1\n", T "view|v\n", NULL, ""},
        {T "view|v\n", T "view|v|select 1\n", NULL,
         "DROP VIEW `v`;\nCREATE VIEW `v` AS select 1;"},
        /* A table instead of a view. */
        {"view|v|select 1\n", "table|v\ncol|a|text\n", NULL,
         "DROP VIEW `v`;\nCREATE TABLE `v` (\n\t`a` text\n);\n"},
        /* Views of views and triggers come back after a recreation. */
        {T "col|a|text\nview|v|select id from T\nview|w|select * from "
           "`v`\nview|z|select 't'\n"
           "trigger|r|t|CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;\n"
           "trigger|s|u|CREATE TRIGGER s AFTER INSERT ON u BEGIN DELETE FROM t; END;\n"
           "trigger|i|w|CREATE TRIGGER i INSTEAD OF INSERT ON w BEGIN SELECT 1; END;\n",
         T "col|a|text|nn\nview|v|select id from T\nview|w|select * from "
           "`v`\nview|z|select 't'\n"
           "trigger|r|t|CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;\n"
           "trigger|s|u|CREATE TRIGGER s AFTER INSERT ON u BEGIN DELETE FROM t; END;\n"
           "trigger|i|w|CREATE TRIGGER i INSTEAD OF INSERT ON w BEGIN SELECT 1; END;\n",
         NULL,
         "DROP TRIGGER `s`;\n"
         "DROP VIEW `v`;\n"
         "DROP VIEW `w`;\n" T_COPY ",\n\t`a` text NOT NULL\n);\n\n" T_COPIED(
             "\"id\", \"a\"") "\n"
                              "CREATE VIEW `v` AS select id from T;\n"
                              "CREATE VIEW `w` AS select * from `v`;\n"
                              "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; "
                              "END;\n"
                              "CREATE TRIGGER s AFTER INSERT ON u BEGIN DELETE FROM t; "
                              "END;\n"
                              "CREATE TRIGGER i INSTEAD OF INSERT ON w BEGIN SELECT 1; "
                              "END;"},
        /* A view that is not recreated alone does not mind. */
        {T "view|v|select id from t\n", T "col|a|text\nview|v|select id, a from t\n",
         NULL,
         "ALTER TABLE `t` ADD `a` text;\n"
         "DROP VIEW `v`;\nCREATE VIEW `v` AS select id, a from t;"},
        {T "col|a|text\nview|v|select id, a from t\n", T "view|v|select id from t\n",
         NULL,
         "DROP VIEW `v`;\nALTER TABLE `t` DROP COLUMN `a`;\n"
         "CREATE VIEW `v` AS select id from t;"},
    };
    CHECK(cases);
}

static void test_statements__triggers_and_virtual_tables(void **state)
{
    (void)state;
#define RUNS(body) \
    "trigger|r|t|CREATE TRIGGER r AFTER INSERT ON t BEGIN " body "; END;\n"
    static const golden cases[] = {
        {T, T RUNS("SELECT 1"), NULL,
         "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;"},
        {T RUNS("SELECT 1"), T RUNS("SELECT 2"), NULL,
         "DROP TRIGGER `r`;\nCREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 2; END;"},
        {T RUNS("SELECT 1"), T, NULL, "DROP TRIGGER `r`;"},
        {T RUNS("SELECT 1"), "", NULL, "DROP TABLE `t`;"},
        {T,
         T "virtual|f|CREATE VIRTUAL TABLE f USING fts5(a);|INSERT INTO f(f) "
           "VALUES('x');\n",
         NULL, "CREATE VIRTUAL TABLE f USING fts5(a);\nINSERT INTO f(f) VALUES('x');"},
        {T "virtual|f|CREATE VIRTUAL TABLE f USING fts5(a);\n",
         T "virtual|f|CREATE VIRTUAL TABLE f USING fts5(b);\n", NULL,
         "DROP TABLE `f`;\nCREATE VIRTUAL TABLE f USING fts5(b);"},
    };
    CHECK(cases);
}

/* Renames first, then by table, in the order of each one's first statement. */
static void test_statements__stand_in_drizzle_kits_order(void **state)
{
    (void)state;
    assert_string_equal(sql_of("table|a\ncol|x|text\ncol|y|text\nindex|ax||x\n"
                               "table|b\ncol|x|text\n"
                               "table|gone\ncol|x|text\n"
                               "table|c\ncol|x|text\n"
                               "table|d\ncol|x|text\n",
                               "table|new\ncol|x|text\nindex|nx||x\n"
                               "table|12\ncol|x|text\n"
                               "table|a\ncol|x2|text\ncol|z|text\nindex|az||z\n"
                               "table|b\ncol|x|text|nn\n"
                               "table|c2\ncol|x|text\ncol|n|text\n"
                               "table|d\ncol|x|integer\n",
                               "a.x=a.x2\nc=c2"),
                        "ALTER TABLE `c` RENAME TO `c2`;\n"
                        "ALTER TABLE `a` RENAME COLUMN \"x\" TO \"x2\";\n"
                        "CREATE TABLE `12` (\n\t`x` text\n);\n\n"
                        "CREATE TABLE `new` (\n\t`x` text\n);\n\n"
                        "CREATE INDEX `nx` ON `new` (`x`);\n"
                        "DROP TABLE `gone`;\n"
                        "ALTER TABLE `c2` ADD `n` text;\n"
                        "DROP INDEX `ax`;\n"
                        "ALTER TABLE `a` ADD `z` text;\n"
                        "CREATE INDEX `az` ON `a` (`z`);\n"
                        "ALTER TABLE `a` DROP COLUMN `y`;\n"
                        "PRAGMA foreign_keys=OFF;\n"
                        "CREATE TABLE `__new_b` (\n\t`x` text NOT NULL\n);\n\n"
                        "INSERT INTO `__new_b`(\"x\") SELECT \"x\" FROM `b`;\n"
                        "DROP TABLE `b`;\n"
                        "ALTER TABLE `__new_b` RENAME TO `b`;\n"
                        "PRAGMA foreign_keys=ON;\n"
                        "CREATE TABLE `__new_d` (\n\t`x` integer\n);\n\n"
                        "INSERT INTO `__new_d`(\"x\") SELECT \"x\" FROM `d`;\n"
                        "DROP TABLE `d`;\n"
                        "ALTER TABLE `__new_d` RENAME TO `d`;");
}

static void test_statements__names_and_literals_are_escaped(void **state)
{
    (void)state;
    assert_string_equal(
        sql_of("",
               "table|a`b\ncol|c\"d|text||'{\"x\":\"it's\"}'\ncol|e`|integer|||(1)|"
               "stored\n"
               "check|k\"|\"a`b\".\"e`\" > 0\nindex|i`||c\"d\nfk|e`|o`|p`\n"
               "view|v`|select 1\n",
               NULL),
        "CREATE TABLE `a``b` (\n"
        "\t`c\"d` text DEFAULT '{\"x\":\"it''s\"}',\n"
        "\t`e``` integer GENERATED ALWAYS AS (1) STORED,\n"
        "\tFOREIGN KEY (`e```) REFERENCES `o```(`p```) ON UPDATE no action ON DELETE "
        "no "
        "action,\n"
        "\tCONSTRAINT \"k\"\"\" CHECK(\"a`b\".\"e`\" > 0)\n);\n\n"
        "CREATE INDEX `i``` ON `a``b` (`c\"d`);\n"
        "CREATE VIEW `v``` AS select 1;");
}

static int join(vg_kit *k, void *args)
{
    vgk_statements list = {0};
    vgk_say(k, &list, "", "A;\n");
    vgk_say(k, &list, "", "B;");
    vgk_say(k, &list, "", "C;");
    const char **out = args;
    size_t len;
    out[0] = vgk_join(k, &list, true, &len);
    out[1] = vgk_join(k, &list, false, NULL);
    assert_int_equal(len, strlen(out[0]));
    return VG_OK;
}

static void test_statements__are_joined_by_breakpoints(void **state)
{
    (void)state;
    const char *out[2];
    assert_int_equal(vgk_enter(kit, join, (void *)out), VG_OK);
    assert_string_equal(out[0],
                        "A;\n--> statement-breakpoint\nB;--> statement-breakpoint\nC;");
    assert_string_equal(out[1], "A;\n\nB;\nC;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements__create_and_drop_tables),
        cmocka_unit_test(test_statements__add_columns),
        cmocka_unit_test(test_statements__drop_and_rename),
        cmocka_unit_test(test_statements__recreate_a_table),
        cmocka_unit_test(test_statements__uniques),
        cmocka_unit_test(test_statements__indexes),
        cmocka_unit_test(test_statements__generated_columns),
        cmocka_unit_test(test_statements__views_and_what_depends),
        cmocka_unit_test(test_statements__triggers_and_virtual_tables),
        cmocka_unit_test(test_statements__stand_in_drizzle_kits_order),
        cmocka_unit_test(test_statements__names_and_literals_are_escaped),
        cmocka_unit_test(test_statements__are_joined_by_breakpoints),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
