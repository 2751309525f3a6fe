/* vg_rollback_migrations and vg_migration_status. */
#include "check.h"
#include "rt_bank.h"
#include <stdio.h>

static const vg_migration list[] = {
    {.tag = "0000_a",
     .when = 100,
     .hash = "a",
     .sql = "create table a (id integer primary key);",
     .down = "-- back to nothing\nDROP TABLE `a`;\n"},
    {.tag = "0001_b",
     .when = 200,
     .hash = "b",
     .sql = "create table b (id integer primary key, a integer references a(id));\n"
            "insert into a values (1); insert into b values (1, 1)",
     .down = "delete from b;--> statement-breakpoint\ndrop table b;delete from a"},
    {.tag = "0002_c",
     .when = 300,
     .hash = "c",
     .sql = "alter table a add c text",
     .down = "alter table a drop c"},
    {.tag = "0003_d",
     .when = 400,
     .hash = "d",
     .sql = "create view d as select 1",
     .down = "drop view d"},
};
static const vg_migrations all = {list, 4};

#define TAGS "select group_concat(created_at, ' ') from __drizzle_migrations"

/* Proves: K039. */
static void test_rollback__one_and_several(void **state)
{
    fixture *f = *state;
    size_t count = 9;
    vg_migrate_options how = {.count = &count};
    uint64_t states[5];
    for (size_t i = 0; i < 5; i++) {
        vg_migrations part = {list, i};
        check_ok(f->db, vg_migrate(f->db, &part, NULL));
        states[i] = rt_fingerprint(f->db);
    }
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &how));
    assert_int_equal(count, 1);
    assert_true(rt_fingerprint(f->db) == states[3]);
    check_rows(f->db, TAGS, "100 200 300");
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    how.steps = 2;
    how.unit = VG_MIGRATE_EACH;
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &how));
    assert_int_equal(count, 2);
    check_rows(f->db, TAGS, "100 200");
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){list, 2}, NULL));
    how = (vg_migrate_options){.to = "0000_a", .count = &count};
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &how));
    assert_int_equal(count, 1);
    assert_true(rt_fingerprint(f->db) == states[1]);
    how = (vg_migrate_options){.steps = 7, .count = &count};
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &how));
    assert_int_equal(count, 1);
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &how));
    assert_int_equal(count, 0);
    check_rows(f->db, "select name from sqlite_schema where type = 'table'",
               "__drizzle_migrations");
    check_ok(f->db, vg_script(f->db, "drop table __drizzle_migrations"));
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){list, 2}, NULL));
    how = (vg_migrate_options){.steps = -1, .count = &count};
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &how));
    assert_int_equal(count, 2);
}

static void test_rollback__of_rows_in_disorder(void **state)
{
    fixture *f = *state;
    static const vg_migration odd[] = {
        {.tag = "a", .when = 5, .sql = "create table t (x)", .down = "drop table t"},
        {.tag = "b",
         .when = 3,
         .sql = "insert into t values (1)",
         .down = "delete from t"},
        {.tag = "c",
         .when = 5,
         .sql = "insert into t values (2)",
         .down = "delete from t where x = 2"},
    };
    const vg_migrations three = {odd, 3};
    check_ok(f->db, vg_migrate(f->db, &three, NULL));
    check_ok(f->db, vg_rollback_migrations(f->db, &three, NULL));
    check_rows(f->db, "select x from t", "1");
    check_rows(f->db, TAGS, "5 3");
    check_ok(f->db, vg_rollback_migrations(f->db, &three, NULL));
    check_rows(f->db, "select count(*) from t", "0");
    check_rows(f->db, TAGS, "5");
}

/* Nothing to undo is something else than not known how. */
static void test_rollback__with_nothing_to_do(void **state)
{
    fixture *f = *state;
    static const vg_migration one[] = {
        {.tag = "a", .when = 5, .sql = "analyze", .down = "-- nothing\n"}};
    const vg_migrations only = {one, 1};
    check_ok(f->db, vg_migrate(f->db, &only, NULL));
    check_ok(f->db, vg_rollback_migrations(f->db, &only, NULL));
    check_rows(f->db, "select count(*) from __drizzle_migrations", "0");
}

static void test_rollback__refused(void **state)
{
    fixture *f = *state;
    vg_migration other[4];
    const vg_migrations edited = {other, 4}, short_list = {list, 2};
    static const struct {
        const char *down, *message;
    } cases[] = {
        {NULL,
         "0002_c cannot be rolled back: there is no 0002_c.down.sql; write the SQL "
         "into it that takes the migration back"},
        {"-- a\n  -- irreversible:  drops a.c and its values \n\ndrop table x;",
         "0002_c cannot be rolled back: drops a.c and its values "},
        {"-- irreversible:\r\n-- irreversible: b\r\n-- irreversible: c",
         "0002_c cannot be rolled back: it says so (and 2 more, see 0002_c.down.sql)"},
        {"select 1;\ncommit", "0002_c.down.sql:2: BEGIN, COMMIT and ROLLBACK do not "
                              "belong into a migration: it "
                              "runs in a transaction anyway"},
        {"\n\ndrop table x;",
         "0002_c.down.sql:3: no such table: x; nothing was changed, 2 are "
         "still to be rolled back"},
    };
    vg_migrate_options two = {.steps = 2};
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    uint64_t before = rt_fingerprint(f->db);
    memcpy(other, list, sizeof other);
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        other[2].down = cases[i].down;
        int code = i + 1 < COUNT_OF_ARRAY(cases) ? VG_INVALID : VG_SCHEMA;
        check_fails(f->db, vg_rollback_migrations(f->db, &edited, &two), code,
                    cases[i].message);
        assert_true(rt_fingerprint(f->db) == before);
    }
    two.unit = VG_MIGRATE_EACH;
    check_fails(
        f->db, vg_rollback_migrations(f->db, &edited, &two), VG_SCHEMA,
        "0002_c.down.sql:3: no such table: x; 1 is rolled back, the last is 0003_d; 1 "
        "is not");
    check_fails(
        f->db, vg_rollback_migrations(f->db, &short_list, NULL), VG_INVALID,
        "0001_b cannot be rolled back: a later one was applied that is not in the "
        "list (__drizzle_migrations has it with created_at 300)");
    other[2].sql = "alter table a add changed";
    other[2].hash = "other";
    check_fails(f->db, vg_rollback_migrations(f->db, &edited, NULL), VG_INVALID,
                "0002_c was changed after it was applied (its SHA-256 was c..., "
                "now it is other...); put it back as it was, and the change into a "
                "new migration");
    rt_check_sound(f->db);
}

/* `down` that would leave rows without what they refer to. */
static void test_rollback__checks_foreign_keys(void **state)
{
    fixture *f = *state;
    vg_migration other[2];
    const vg_migrations edited = {other, 2};
    memcpy(other, list, sizeof other);
    other[1].down = "delete from a";
    check_ok(f->db, vg_migrate(f->db, &edited, NULL));
    check_fails(
        f->db, vg_rollback_migrations(f->db, &edited, NULL), VG_FOREIGN_KEY,
        "row 1 of b would refer to no row of a; foreign keys are not enforced while "
        "migrations run, so rows that refer to what is deleted must be deleted or "
        "changed, too; nothing was changed, 1 is still to be rolled back");
    check_rows(f->db, TAGS, "100 200");
    check_rows(f->db, "pragma foreign_keys", "1");
    rt_check_sound(f->db);
}

/* ---- status ---- */

static void check_status(fixture *f, const vg_migrations *migrations,
                         const char *expected)
{
    static const char *const states[] = {"pending", "applied", "changed",
                                         "out of order", "missing"};
    vg_migration_status_list status;
    char text[1000] = "";
    check_ok(f->db, vg_migration_status(f->db, &f->arena, migrations, NULL, &status));
    for (size_t i = 0; i < status.len; i++) {
        const vg_migration_entry *e = &status.data[i];
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at, "%s %lld %s%s%s%s\n",
                 e->migration ? e->migration->tag : "-", (long long)e->when,
                 states[e->state], e->line_ends ? " (line ends)" : "",
                 e->applied_hash ? " row" : "", e->hash ? " file" : "");
    }
    size_t at = strlen(text);
    snprintf(text + at, sizeof text - at, "%zu %zu %zu %zu %zu", status.applied,
             status.pending, status.changed, status.out_of_order, status.missing);
    check_text(text, expected);
}

/* Proves: K039. */
static void test_status__of_all_kinds(void **state)
{
    fixture *f = *state;
    check_status(
        f, &all,
        "0000_a 100 pending file\n0001_b 200 pending file\n0002_c 300 pending file\n"
        "0003_d 400 pending file\n0 4 0 0 0");
    check_rows(f->db, "select count(*) from sqlite_schema", "0");
    const vg_migration done[] = {list[0], list[2]};
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){done, 2}, NULL));
    vg_migration other[4];
    memcpy(other, list, sizeof other);
    other[2].sql = "alter table a add other";
    other[2].hash = "other";
    check_ok(f->db,
             vg_script(f->db, "insert into __drizzle_migrations (hash, created_at) "
                              "values ('x', 250), ('y', 50)"));
    check_status(f, &(vg_migrations){other, 4},
                 "0000_a 100 applied row file\n0001_b 200 out of order file\n"
                 "0002_c 300 changed row file\n0003_d 400 pending file\n"
                 "- 50 missing row\n- 250 missing row\n1 1 1 1 2");
    check_status(f, &(vg_migrations){NULL, 0},
                 "- 50 missing row\n- 100 missing row\n- 250 missing row\n"
                 "- 300 missing row\n0 0 0 0 4");
}

static void test_status__refused(void **state)
{
    fixture *f = *state;
    vg_migration_status_list status = {.len = 7};
    check_fails(f->db, vg_migration_status(f->db, &f->arena, NULL, NULL, &status),
                VG_MISUSE, "vg_migration_status: the list of migrations is NULL");
    assert_int_equal(status.len, 0);
    check_ok(f->db,
             vg_script(f->db, "create table __drizzle_migrations (x); insert into "
                              "__drizzle_migrations values (1)"));
    check_fails(f->db, vg_migration_status(f->db, &f->arena, &all, NULL, &status),
                VG_SCHEMA, "no such column: created_at");
    assert_int_equal(vg_migrate(f->db, &all, NULL), VG_SCHEMA);
}

/* ---- fingerprints ---- */

static void print_of(const char *script, char out[VG_FINGERPRINT_ROOM])
{
    vg_db *db = rt_open(":memory:", NULL);
    check_ok(db, vg_script(db, script));
    check_ok(db, vg_fingerprint(db, NULL, out));
    assert_int_equal(strlen(out), 16);
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_fingerprint__of_what_counts(void **state)
{
    static const struct {
        bool same;
        const char *a, *b;
    } cases[] = {
        {true, "", "create table __drizzle_migrations (id)"},
        {true, "create table t (id integer, b text default 'A b')",
         "CREATE TABLE `T`(\n\t[ID] Integer,--\n\t\"b\" text /**/ DEFAULT 'A b'\n)"},
        {true, "create table t (x); create index i on t (x)",
         "create table o (x); alter table o rename to t; create index I on t(\"x\")"},
        {true, "create table t (x); insert into t values (1)", "create table t (x)"},
        {true, "create table t (x unique)", "create table t (x unique); analyze"},
        {true, "create virtual table f using fts5(a, b)",
         "create virtual table F using fts5( a,b ); insert into f values ('x', 'y')"},
        {false, "create virtual table f using fts5(a, b)",
         "create virtual table f using fts5(a)"},
        {false, "create table t (x)", "create table t (y)"},
        {false, "create table t (x default 'a')", "create table t (x default 'A')"},
        {false, "create table t (x, y)",
         "create table t (x); alter table t add y text"},
        {false, "create table t (\"x y\")", "create table t (x y)"},
        {false, "create table t (x); create view v as select 1", "create table t (x)"},
        {false, "create table t (\"a\"\"b\")", "create table t (\"a\"\"\"\"b\")"},
    };
    char a[VG_FINGERPRINT_ROOM], b[VG_FINGERPRINT_ROOM];
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        print_of(cases[i].a, a);
        print_of(cases[i].b, b);
        if ((strcmp(a, b) == 0) != cases[i].same) {
            print_error("%s\n%s\n", cases[i].a, cases[i].b);
            fail();
        }
    }
}

static void test_fingerprint__checked(void **state)
{
    fixture *f = *state;
    char now[VG_FINGERPRINT_ROOM], message[300];
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_ok(f->db, vg_fingerprint(f->db, NULL, now));
    check_ok(f->db, vg_check_fingerprint(f->db, NULL, now));
    check_fails(f->db, vg_check_fingerprint(f->db, NULL, NULL), VG_MISUSE,
                "vg_check_fingerprint: expected is NULL");
    check_ok(f->db, vg_script(f->db, "create table by_hand (x)"));
    assert_int_equal(vg_check_fingerprint(f->db, NULL, now), VG_SCHEMA);
    snprintf(message, sizeof message, ", not %s", now);
    assert_non_null(strstr(vg_errmsg(f->db), message));
    check_ok(f->db,
             vg_script(f->db, "alter table __drizzle_migrations rename to m; drop "
                              "table by_hand"));
    check_ok(f->db, vg_check_fingerprint(f->db, "m", now));
}

static int open_empty(void **state)
{
    return fixture_open(state, NULL, NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_empty, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_rollback__one_and_several),
        TEST(test_rollback__of_rows_in_disorder),
        TEST(test_rollback__with_nothing_to_do),
        TEST(test_rollback__refused),
        TEST(test_rollback__checks_foreign_keys),
        TEST(test_status__of_all_kinds),
        TEST(test_status__refused),
        TEST(test_fingerprint__of_what_counts),
        TEST(test_fingerprint__checked),
    };
    return cmocka_run_group_tests_name("migrate_rollback", tests, NULL, NULL);
}
