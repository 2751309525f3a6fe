/* CREATE statements are spelled as drizzle-kit 0.31 spells them for SQLite: clause
 * order, tabs, quotes, derived names. What is wrong with a schema is said before any
 * of it. */
#include "base/buf.h"
#include "check.h"
#include "core/ddl.h"
#include <stdio.h>

// clang-format off
TABLE_LATER(pupils)

TABLE(classes,
    COLUMN(id,     INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name,   TEXT(40), NOT_NULL, DEFAULT("x")),
    COLUMN(year,   INTEGER, NOT_NULL, UNIQUE),
    COLUMN(room,   TEXT, UNIQUE("room_once")),
    COLUMN(head,   INTEGER, REFERENCES_LATER(pupils, id, ON_DELETE(SET_NULL))),
    COLUMN(parent, INTEGER, REFERENCES(classes, id, ON_DELETE(NO_ACTION))),
    UNIQUE(classes_name_year, name, year),
    INDEX(classes_room_idx, room, name),
    UNIQUE_INDEX(classes_u, head, year),
    INDEX_WHERE(classes_big, "\"classes\".\"year\" > 18", year),
    UNIQUE_INDEX_WHERE(classes_part, "room is not null", room),
    CHECK(year_check, "\"classes\".\"year\" > 0"),
    CHECK(name_check, "name <> ''"))

TABLE(pupils,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(klass, INTEGER, NOT_NULL, NAME("class id"),
                  REFERENCES(classes, id, ON_DELETE(CASCADE), ON_UPDATE(RESTRICT))))

TABLE(marks,
    NAME("mark s"),
    COLUMN(x, INTEGER, NOT_NULL),
    COLUMN(m, TEXT,    NOT_NULL, NAME("the m")),
    COLUMN(c, INTEGER),
    COLUMN(y, INTEGER),
    PRIMARY_KEY(x, m),
    FOREIGN_KEY(COLUMNS(c, y), REFERENCES(classes, head, year), ON_DELETE(RESTRICT)),
    FOREIGN_KEY(COLUMNS(c), REFERENCES(pupils, klass), ON_DELETE(SET_DEFAULT),
                ON_UPDATE(CASCADE), NAME("unused")),
    INDEX(marks_m, m))

TABLE(types,
    COLUMN(i,  INTEGER), COLUMN(r, REAL), COLUMN(t, TEXT), COLUMN(n, NUMERIC),
    COLUMN(n2, NUMERIC(10, 2)), COLUMN(b, BOOLEAN), COLUMN(bl, BLOB), COLUMN(j, JSON),
    COLUMN(u,  UUID), COLUMN(ub, UUID, MODE(BINARY)),
    COLUMN(ts, TIMESTAMP), COLUMN(t_s, TIMESTAMP, MODE(SECONDS)),
    COLUMN(t_i, TIMESTAMP, MODE(ISO_TEXT)), COLUMN(d, DATE),
    COLUMN(d_s, DATE, MODE(SECONDS)))

TABLE(defaults,
    COLUMN(i,  INTEGER, NOT_NULL, DEFAULT(-5)),
    COLUMN(i0, INTEGER, DEFAULT(0)),
    COLUMN(il, INTEGER, DEFAULT(INT64_MAX)),
    COLUMN(r,  REAL, DEFAULT(0.1)),
    COLUMN(r1, REAL, DEFAULT(2)),
    COLUMN(b,  BOOLEAN, DEFAULT(true)),
    COLUMN(b0, BOOLEAN, NOT_NULL, DEFAULT(false)),
    COLUMN(t,  TEXT, DEFAULT("it's")),
    COLUMN(te, TEXT, DEFAULT("")),
    COLUMN(tu, TEXT, DEFAULT("naïve \"'\" 😀 \\ ` --")),
    COLUMN(n,  NUMERIC, DEFAULT("1.50")),
    COLUMN(n1, NUMERIC, DEFAULT(3)),
    COLUMN(j,  JSON, DEFAULT("{\"a\":'b'}")),
    COLUMN(bl, BLOB, DEFAULT("a'b")),
    COLUMN(s,  TEXT, DEFAULT_SQL("lower('X')")),
    COLUMN(sp, TEXT, DEFAULT_SQL("(1 + 1)")),
    COLUMN(sn, TEXT, DEFAULT_SQL("CURRENT_TIMESTAMP")),
    COLUMN(u,  UUID, DEFAULT("00112233445566778899AABBCCDDEEFF")),
    COLUMN(ub, UUID, MODE(BINARY), DEFAULT("00112233445566778899AABBCCDDEEFF")),
    COLUMN(fn, UUID, NOT_NULL, DEFAULT_FN(vg_default_uuid_v4)))

TABLE(moments,
    COLUMN(p,  TIMESTAMP, DEFAULT("2026-11-21T10:30:05.5Z")),
    COLUMN(s,  TIMESTAMP, MODE(SECONDS), DEFAULT("1969-12-31T23:59:58.5Z")),
    COLUMN(ms, TIMESTAMP, MODE(MILLISECONDS), DEFAULT("2026-11-21")),
    COLUMN(i,  TIMESTAMP, MODE(ISO_TEXT), DEFAULT("2026-11-21T12:00:00+02:00")),
    COLUMN(d,  DATE, DEFAULT("2026-11-21")),
    COLUMN(np, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(ns, TIMESTAMP, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(nm, TIMESTAMP, MODE(MILLISECONDS), DEFAULT_NOW),
    COLUMN(ni, TIMESTAMP, MODE(ISO_TEXT), DEFAULT_NOW),
    COLUMN(nd, DATE, DEFAULT_NOW))

TABLE(odd_names,
    NAME("t`b"),
    COLUMN(a, INTEGER, PRIMARY_KEY, NAME("a`\"b")),
    COLUMN(b, INTEGER, NAME("select"), UNIQUE))
// clang-format on

static void check_table(const vg_shape *table, bool if_not_exists, const char *expected)
{
    vg_buf out;
    vg__buf_init(&out, &(vg_allocator){0}, 1 << 16);
    vg__ddl_table(&out, &vg_dialect_sqlite, table, if_not_exists);
    assert_false(out.failed);
    check_text(out.text, expected);
    vg__buf_free(&out);
}

typedef struct lines {
    char text[2048];
} lines;

static int add_line(void *ctx, const char *sql)
{
    lines *l = ctx;
    size_t at = strlen(l->text);
    assert_true(at + strlen(sql) + 2 < sizeof l->text);
    snprintf(l->text + at, sizeof l->text - at, "%s\n", sql);
    return VG_OK;
}

static void check_indexes(const vg_shape *table, bool if_not_exists,
                          const char *expected)
{
    vg_buf out;
    lines got = {""};
    vg__buf_init(&out, &(vg_allocator){0}, 1 << 16);
    assert_int_equal(
        vg__ddl_indexes(&out, &vg_dialect_sqlite, table, if_not_exists, add_line, &got),
        VG_OK);
    check_text(got.text, expected);
    vg__buf_free(&out);
}

/* Keys, references, checks; ON UPDATE stands before ON DELETE. */
/* Proves: S055 S066 S070 S071 S072 S073 S074 S075 S076 S077. */
static void test_ddl__table(void **state)
{
    (void)state;
    check_table(
        &classes.vg_shape, false,
        "CREATE TABLE `classes` (\n"
        "\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n"
        "\t`name` text(40) DEFAULT 'x' NOT NULL,\n"
        "\t`year` integer NOT NULL,\n"
        "\t`room` text,\n"
        "\t`head` integer,\n"
        "\t`parent` integer,\n"
        "\tFOREIGN KEY (`head`) REFERENCES `pupils`(`id`) ON UPDATE no action ON "
        "DELETE "
        "set null,\n"
        "\tFOREIGN KEY (`parent`) REFERENCES `classes`(`id`) ON UPDATE no action ON "
        "DELETE no action,\n"
        "\tCONSTRAINT \"year_check\" CHECK(\"classes\".\"year\" > 0),\n"
        "\tCONSTRAINT \"name_check\" CHECK(name <> '')\n"
        ");\n");
    check_table(
        &pupils.vg_shape, true,
        "CREATE TABLE IF NOT EXISTS `pupils` (\n"
        "\t`id` integer PRIMARY KEY NOT NULL,\n"
        "\t`class id` integer NOT NULL,\n"
        "\tFOREIGN KEY (`class id`) REFERENCES `classes`(`id`) ON UPDATE restrict ON "
        "DELETE cascade\n"
        ");\n");
}

/* Columns of a key joined by ", ", of a reference by ","; a reference's name never
 * reaches the SQL. */
/* Proves: S067 S072 S075 S073. */
static void test_ddl__composite_keys(void **state)
{
    (void)state;
    check_table(&marks.vg_shape, false,
                "CREATE TABLE `mark s` (\n"
                "\t`x` integer NOT NULL,\n"
                "\t`the m` text NOT NULL,\n"
                "\t`c` integer,\n"
                "\t`y` integer,\n"
                "\tPRIMARY KEY(`x`, `the m`),\n"
                "\tFOREIGN KEY (`c`,`y`) REFERENCES `classes`(`head`,`year`) ON UPDATE "
                "no action "
                "ON DELETE restrict,\n"
                "\tFOREIGN KEY (`c`) REFERENCES `pupils`(`class id`) ON UPDATE cascade "
                "ON DELETE "
                "set default\n"
                ");\n");
    check_indexes(&marks.vg_shape, false,
                  "CREATE INDEX `marks_m` ON `mark s` (`the m`);\n");
}

/* Uniques are indexes, too. */
/* Proves: S068 S069 S070 S078 S079 S080 S082. */
static void test_ddl__indexes(void **state)
{
    (void)state;
    check_indexes(
        &classes.vg_shape, false,
        "CREATE UNIQUE INDEX `classes_year_unique` ON `classes` (`year`);\n"
        "CREATE UNIQUE INDEX `room_once` ON `classes` (`room`);\n"
        "CREATE UNIQUE INDEX `classes_name_year` ON `classes` (`name`,`year`);\n"
        "CREATE INDEX `classes_room_idx` ON `classes` (`room`,`name`);\n"
        "CREATE UNIQUE INDEX `classes_u` ON `classes` (`head`,`year`);\n"
        "CREATE INDEX `classes_big` ON `classes` (`year`) WHERE \"classes\".\"year\" > "
        "18;\n"
        "CREATE UNIQUE INDEX `classes_part` ON `classes` (`room`) WHERE room is not "
        "null;\n");
    check_indexes(&odd_names.vg_shape, true,
                  "CREATE UNIQUE INDEX IF NOT EXISTS `t``b_select_unique` ON `t``b` "
                  "(`select`);\n");
    check_indexes(&pupils.vg_shape, false, "");
}

/* Types as drizzle-kit names them. */
/* Proves: S001 S002 S003 S004 S006 S008 S009 S012 S013. */
static void test_ddl__types(void **state)
{
    (void)state;
    check_table(&types.vg_shape, false,
                "CREATE TABLE `types` (\n"
                "\t`i` integer,\n"
                "\t`r` real,\n"
                "\t`t` text,\n"
                "\t`n` numeric,\n"
                "\t`n2` numeric(10, 2),\n"
                "\t`b` integer,\n"
                "\t`bl` blob,\n"
                "\t`j` text,\n"
                "\t`u` text,\n"
                "\t`ub` blob,\n"
                "\t`ts` integer,\n"
                "\t`t_s` integer,\n"
                "\t`t_i` text,\n"
                "\t`d` text,\n"
                "\t`d_s` integer\n"
                ");\n");
}

/* Defaults, quoted; DEFAULT_FN is the program's and not in the SQL. */
/* Proves: S056 S057 S058 S059. */
static void test_ddl__defaults(void **state)
{
    (void)state;
    check_table(&defaults.vg_shape, false,
                "CREATE TABLE `defaults` (\n"
                "\t`i` integer DEFAULT -5 NOT NULL,\n"
                "\t`i0` integer DEFAULT 0,\n"
                "\t`il` integer DEFAULT 9223372036854775807,\n"
                "\t`r` real DEFAULT 0.1,\n"
                "\t`r1` real DEFAULT 2,\n"
                "\t`b` integer DEFAULT true,\n"
                "\t`b0` integer DEFAULT false NOT NULL,\n"
                "\t`t` text DEFAULT 'it''s',\n"
                "\t`te` text DEFAULT '',\n"
                "\t`tu` text DEFAULT 'naïve \"''\" 😀 \\ ` --',\n"
                "\t`n` numeric DEFAULT '1.50',\n"
                "\t`n1` numeric DEFAULT 3,\n"
                "\t`j` text DEFAULT '{\"a\":''b''}',\n"
                "\t`bl` blob DEFAULT x'612762',\n"
                "\t`s` text DEFAULT (lower('X')),\n"
                "\t`sp` text DEFAULT (1 + 1),\n"
                "\t`sn` text DEFAULT CURRENT_TIMESTAMP,\n"
                "\t`u` text DEFAULT '00112233-4455-6677-8899-aabbccddeeff',\n"
                "\t`ub` blob DEFAULT x'00112233445566778899aabbccddeeff',\n"
                "\t`fn` text NOT NULL\n"
                ");\n");
}

/* Times as their column stores them. */
/* Proves: S003 S004 S056. */
static void test_ddl__time_defaults(void **state)
{
    (void)state;
    check_table(
        &moments.vg_shape, false,
        "CREATE TABLE `moments` (\n"
        "\t`p` integer DEFAULT 1795257005500000,\n"
        "\t`s` integer DEFAULT -2,\n"
        "\t`ms` integer DEFAULT 1795219200000,\n"
        "\t`i` text DEFAULT '2026-11-21T10:00:00.000000Z',\n"
        "\t`d` text DEFAULT '2026-11-21',\n"
        "\t`np` integer DEFAULT (cast((julianday('now') - 2440587.5)*86400000 as "
        "integer) * 1000) NOT NULL,\n"
        "\t`ns` integer DEFAULT (unixepoch()),\n"
        "\t`nm` integer DEFAULT (cast((julianday('now') - 2440587.5)*86400000 as "
        "integer)),\n"
        "\t`ni` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),\n"
        "\t`nd` text DEFAULT (date('now'))\n"
        ");\n");
}

/* A backtick in a name is doubled, where drizzle-kit writes broken SQL. */
/* Proves: S113. */
static void test_ddl__odd_names(void **state)
{
    (void)state;
    check_table(&odd_names.vg_shape, false,
                "CREATE TABLE `t``b` (\n"
                "\t`a``\"b` integer PRIMARY KEY NOT NULL,\n"
                "\t`select` integer\n"
                ");\n");
}

/* ---- a schema that makes no sense ---- */

// clang-format off
TABLE_LATER(bad_later_to)
TABLE(bad_later, COLUMN(id, INTEGER, REFERENCES_LATER(bad_later_to, nothing)))
TABLE(bad_later_to, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(outside, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(bad_outside, COLUMN(id, INTEGER, REFERENCES(outside, id)))
TABLE(bad_key, COLUMN(id, INTEGER), COLUMN(b, INTEGER),
    FOREIGN_KEY(COLUMNS(id, b), REFERENCES_LATER(bad_later_to, id, nothing)))
TABLE(bad_twice, COLUMN(a, INTEGER), COLUMN(b, INTEGER, NAME("a")))
TABLE(bad_increment, COLUMN(id, TEXT, PRIMARY_KEY, AUTOINCREMENT))
TABLE(bad_keys, COLUMN(a, INTEGER, PRIMARY_KEY), COLUMN(b, INTEGER), PRIMARY_KEY(a, b))
TABLE(bad_checks, COLUMN(a, INTEGER), CHECK(c, "1"), INDEX(i, a), CHECK(c, "2"))
TABLE(bad_indexes, COLUMN(a, INTEGER), INDEX(i, a), CHECK(i, "1"), UNIQUE(i, a))
TABLE(bad_time, COLUMN(a, TIMESTAMP, DEFAULT("soon")))
TABLE(bad_uuid, COLUMN(a, UUID, DEFAULT("0011")))
TABLE(bad_name, NAME("outside"), COLUMN(a, INTEGER))

SCHEMA(s_later, bad_later, bad_later_to)
SCHEMA(s_outside, bad_outside)
SCHEMA(s_key, bad_key, bad_later_to)
SCHEMA(s_twice, bad_twice)
SCHEMA(s_increment, bad_increment)
SCHEMA(s_keys, bad_keys)
SCHEMA(s_checks, bad_checks)
SCHEMA(s_indexes, bad_indexes)
SCHEMA(s_time, bad_time)
SCHEMA(s_uuid, bad_uuid)
SCHEMA(s_name, outside, bad_name)
TABLE(bad_generated, COLUMN(a, INTEGER), COLUMN(b, INTEGER, GENERATED(STORED, "a"), DEFAULT(1)))
PROJECTION(bad_shape, FIELD(id, outside.id))
ALIAS(bad_alias, outside)
SCHEMA(s_generated, bad_generated)
SCHEMA(s_shape, bad_shape)
SCHEMA(s_alias, outside, bad_alias)
SCHEMA(s_nothing, )
SCHEMA(s_good, classes, pupils, marks, types, defaults, moments, odd_names)

static const struct {
    const vg_schema *schema;
    const char *problem; /* NULL: none */
} schemas[] = {
    {&s_later,
     "table bad_later references bad_later_to.nothing, a column that does not exist"},
    {&s_outside,
     "table bad_outside references outside, which is not in SCHEMA(s_outside, ...)"},
    {&s_key,
     "table bad_key references bad_later_to.nothing, a column that does not exist"},
    {&s_twice, "table bad_twice: two columns are named \"a\""},
    {&s_increment, "bad_increment.id: AUTOINCREMENT needs INTEGER, PRIMARY_KEY"},
    {&s_keys, "table bad_keys has 2 primary keys: for a key of several columns say "
              "PRIMARY_KEY(a, b) once, and no PRIMARY_KEY at a column"},
    {&s_checks, "table bad_checks: two constraints are named \"c\""},
    {&s_indexes, "table bad_indexes: two constraints are named \"i\""},
    {&s_time, "bad_time.a: DEFAULT(\"soon\") is no ISO 8601 time"},
    {&s_uuid, "bad_uuid.a: DEFAULT(\"0011\") is no UUID"},
    {&s_name, "SCHEMA(s_name): two tables are named \"outside\""},
    {&s_generated, "bad_generated.b: a GENERATED column has no DEFAULT and no function"},
    {&s_shape,
     "SCHEMA(s_shape): bad_shape is a projection; it takes tables, views and triggers"},
    {&s_alias,
     "SCHEMA(s_alias): bad_alias is an alias; it takes tables, views and triggers"},
    {&s_nothing, NULL},
    {&s_good, NULL},
};
// clang-format on

/* Proves: S076. */
static void test_ddl__schema_problems(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(schemas); i++)
        check_schema_problem(schemas[i].schema, schemas[i].problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ddl__table),
        cmocka_unit_test(test_ddl__composite_keys),
        cmocka_unit_test(test_ddl__indexes),
        cmocka_unit_test(test_ddl__types),
        cmocka_unit_test(test_ddl__defaults),
        cmocka_unit_test(test_ddl__time_defaults),
        cmocka_unit_test(test_ddl__odd_names),
        cmocka_unit_test(test_ddl__schema_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
