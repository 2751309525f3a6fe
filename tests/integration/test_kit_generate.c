/* Generating migrations: the files, their names and order, and what is not written. */
#include "kit_fixture.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// clang-format off
TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
SCHEMA(first, users)

TABLE(people, NAME("users"),
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT), COLUMN(age, INTEGER))
SCHEMA(second, people)

TABLE(renamed, NAME("users"), COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(full_name, TEXT))
SCHEMA(third, renamed)
// clang-format on
static const vg_schema nothing = {"nothing", NULL, 0};

static void generate(kit_fixture *f, const vg_schema *schema, const char *name,
                     vg_kit_generated *made)
{
    vg_kit_generate_options options = {.name = name};
    check_kit(f->kit, vg_kit_generate(f->kit, schema, &options, made));
}

/* Proves: K001 K002 K033. */
static void test_generate__writes_the_folder(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "init", &made);
    assert_true(made.changed);
    assert_string_equal(made.tag, "0000_init");
    assert_int_equal(made.statements.len, 1);
    check_file(f, "0000_init.sql",
               "CREATE TABLE `users` (\n\t`id` integer PRIMARY KEY NOT NULL,\n"
               "\t`name` text\n);\n");
    check_file(f, "0000_init.down.sql",
               "-- drops table users and its rows\nDROP TABLE `users`;");
    check_file(
        f, "meta/_journal.json",
        "{\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n  \"entries\": [\n"
        "    {\n      \"idx\": 0,\n      \"version\": \"6\",\n"
        "      \"when\": 1795248444375,\n      \"tag\": \"0000_init\",\n"
        "      \"breakpoints\": true\n    }\n  ]\n}");
    check_file(f, "meta/_0000_virga.json", NULL);
    generate(f, &second, NULL, &made);
    check_file(f, "0001_amber_anchor.sql", NULL);
    assert_int_equal(strncmp(made.tag, "0001_", 5), 0);
    assert_string_equal(made.sql, "ALTER TABLE `users` ADD `age` integer;");
    generate(f, &second, NULL, &made);
    assert_false(made.changed);
    assert_int_equal(made.statements.len, 0);
}

/* The snapshots are a chain. */
static void test_generate__chains_snapshots(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "a", &made);
    generate(f, &second, "b", &made);
    char *one = kit_file(f, "meta/0000_snapshot.json"), id[37];
    char *two = kit_file(f, "meta/0001_snapshot.json"), wanted[60];
    snprintf(id, sizeof id, "%s", strstr(one, "\"id\": \"") + 7);
    snprintf(wanted, sizeof wanted, "\"prevId\": \"%s\"", id);
    assert_non_null(
        strstr(one, "\"prevId\": \"00000000-0000-0000-0000-000000000000\""));
    assert_non_null(strstr(two, wanted));
    free(one);
    free(two);
}

/* Proves: K003. */
static void test_generate__custom(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "a", &made);
    vg_kit_generate_options options = {.name = "seed", .custom = true};
    check_kit(f->kit, vg_kit_generate(f->kit, NULL, &options, &made));
    check_file(f, "0001_seed.sql",
               "-- Custom SQL migration file, put your code below! --");
    check_file(f, "0001_seed.down.sql", NULL);
    generate(f, &first, NULL, &made);
    assert_false(made.changed);
}

/* Proves: K004. */
static void test_generate__prefixes(void **state)
{
    static const struct {
        vg_kit_prefix prefix;
        const char *tag, *snapshot;
    } cases[] = {
        {VG_KIT_INDEX, "0000_x", "meta/0000_snapshot.json"},
        {VG_KIT_TIMESTAMP, "20261121080724_x", "meta/20261121080724_snapshot.json"},
        {VG_KIT_SUPABASE, "20261121080724_x", "meta/20261121080724_snapshot.json"},
        {VG_KIT_UNIX, "1795248444_x", "meta/1795248444_snapshot.json"},
        {VG_KIT_NONE, "_x", "meta/_snapshot.json"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        kit_fixture *f;
        vg_kit_generated made;
        kit_fixture_open((void **)&f);
        kit_fixture_reopen(f, (vg_kit_config){.prefix = cases[i].prefix});
        generate(f, &first, "x", &made);
        assert_string_equal(made.tag, cases[i].tag);
        char *snapshot = kit_file(f, cases[i].snapshot);
        assert_non_null(snapshot);
        free(snapshot);
        kit_fixture_close((void **)&f);
    }
    (void)state;
}

/* Proves: K029 K033. */
static void test_generate__without_breakpoints(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    kit_fixture_reopen(f, (vg_kit_config){.no_breakpoints = true});
    generate(f, &first, "a", &made);
    generate(f, &nothing, "b", &made);
    assert_string_equal(made.sql, "DROP TABLE `users`;");
    char *journal = kit_file(f, "meta/_journal.json");
    assert_non_null(strstr(journal, "\"breakpoints\": false"));
    free(journal);
    char *down = kit_file(f, "0001_b.down.sql");
    assert_int_equal(strncmp(down, "-- irreversible: ", 17), 0);
    free(down);
}

/* A clock that went back makes no migration that would never run. */
static void test_generate__time_only_grows(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "a", &made);
    f->now -= 1000000;
    generate(f, &second, "b", &made);
    char *journal = kit_file(f, "meta/_journal.json");
    assert_non_null(strstr(journal, "\"when\": 1795248444375"));
    assert_non_null(strstr(journal, "\"when\": 1795248444376"));
    free(journal);
}

/* Proves: K006 K040. */
static void test_generate__asks_before_it_writes(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "a", &made);
    generate(f, &third, "b", &made);
    assert_true(made.changed);
    assert_int_equal(made.questions.len, 1);
    assert_string_equal(made.questions.data[0].name, "full_name");
    assert_string_equal(made.questions.data[0].candidates.data[0], "name");
    check_file(f, "0001_b.sql", NULL);
    vg_kit_decision answer = {VG_KIT_COLUMN, "users", "name", "full_name"};
    vg_kit_generate_options options = {
        .name = "b", .dry_run = true, .decisions = {&answer, 1}};
    check_kit(f->kit, vg_kit_generate(f->kit, &third, &options, &made));
    assert_string_equal(made.sql,
                        "ALTER TABLE `users` RENAME COLUMN \"name\" TO \"full_name\";");
    check_file(f, "0001_b.sql", NULL);
    options.dry_run = false;
    check_kit(f->kit, vg_kit_generate(f->kit, &third, &options, &made));
    check_file(f, "0001_b.sql", made.sql);
    char *snapshot = kit_file(f, "meta/0001_snapshot.json");
    assert_non_null(strstr(
        snapshot, "\"\\\"users\\\".\\\"name\\\"\": \"\\\"users\\\".\\\"full_name"));
    free(snapshot);
}

static void test_generate__names(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    static const char *const bad[] = {"", "../x", "a/b", "a\nb"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(bad); i++) {
        vg_kit_generate_options options = {.name = bad[i]};
        assert_int_equal(vg_kit_generate(f->kit, &first, &options, &made), VG_INVALID);
        assert_non_null(strstr(vg_kit_error(f->kit), "cannot be a file's"));
    }
    check_file(f, "meta/_journal.json", NULL);
}

/* A snapshot that no journal names was left by a run that was killed. */
static void test_generate__carries_on_after_a_kill(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "a", &made);
    char *journal = kit_file(f, "meta/_journal.json");
    generate(f, &second, "b", &made);
    kit_write(f, "meta/_journal.json", journal);
    free(journal);
    generate(f, &second, "c", &made);
    assert_string_equal(made.tag, "0001_c");
    assert_string_equal(made.sql, "ALTER TABLE `users` ADD `age` integer;");
}

/* The n-th allocation fails: said, the folder is as before, and the next call goes on. */
static void test_generate__out_of_memory(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    generate(f, &first, "a", &made);
    size_t failures = 0;
    for (size_t nth = 1; nth < 5000; nth++) {
        kit_fixture_reopen(f, (vg_kit_config){0}); /* a new arena, without room */
        vg_kit_generate_options options = {.name = "b"};
        rt_heap_arm(&f->heap, nth, false);
        int rc = vg_kit_generate(f->kit, &second, &options, &made);
        bool failed = f->heap.failed;
        rt_heap_arm(&f->heap, 0, false);
        if (!failed) {
            check_kit(f->kit, rc);
            break;
        }
        failures++;
        assert_int_equal(rc, VG_NO_MEMORY);
        assert_string_equal(vg_kit_error(f->kit), "out of memory");
    }
    assert_true(failures > 5);
    generate(f, &second, "c", &made);
    assert_false(made.changed);
}

static void test_generate__folder_that_cannot_be_written(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    char message[300];
    FILE *in_the_way = fopen(f->out, "w");
    assert_non_null(in_the_way);
    fclose(in_the_way);
    snprintf(message, sizeof message,
             "%s/meta/_journal.json: cannot read it: Not a directory", f->out);
    check_kit_fails(f->kit, vg_kit_generate(f->kit, &first, NULL, &made), VG_IO,
                    message);
    unlink(f->out);
}

/* Proves: K018 K024 K025. */
static void test_export__prints_the_schema(void **state)
{
    kit_fixture *f = *state;
    const char *sql;
    check_kit(f->kit, vg_kit_export(f->kit, &second, &sql));
    assert_string_equal(sql,
                        "CREATE TABLE `users` (\n\t`id` integer PRIMARY KEY NOT NULL,\n"
                        "\t`name` text,\n\t`age` integer\n);\n");
}

/* Proves: K035 K036. */
static void test_load__is_what_vg_migrate_takes(void **state)
{
    kit_fixture *f = *state;
    vg_kit_generated made;
    vg_migrations all;
    vg_db *db;
    check_kit(f->kit, vg_kit_load(f->kit, &all));
    assert_int_equal(all.len, 0);
    generate(f, &first, "a", &made);
    generate(f, &second, "b", &made);
    check_kit(f->kit, vg_kit_load(f->kit, &all));
    assert_int_equal(all.len, 2);
    assert_int_equal(strlen(all.data[0].hash), 64);
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    check_ok(db, vg_migrate(db, &all, NULL));
    check_rows(db, "select name from pragma_table_info('users')", "id;name;age");
    check_rows(db, "select created_at from __drizzle_migrations",
               "1795248444375;1795248445375");
    vg_close(db);
}

/* The hash is that of sha256sum, byte order mark, line ends and all. */
static void test_load__hashes_the_bytes(void **state)
{
    kit_fixture *f = *state;
    vg_migrations all;
    kit_write(
        f, "meta/_journal.json",
        "{\"version\":\"7\",\"dialect\":\"sqlite\",\"entries\":[{\"idx\":0,\"version\":"
        "\"6\",\"when\":1,\"tag\":\"0000_a\",\"breakpoints\":true}]}");
    check_kit_fails(f->kit, vg_kit_load(f->kit, &all), VG_NOT_FOUND,
                    vg_kit_error(f->kit));
    assert_non_null(strstr(vg_kit_error(f->kit), "0000_a.sql: there is no such file"));
    kit_write(f, "0000_a.sql", "abc");
    check_kit(f->kit, vg_kit_load(f->kit, &all));
    assert_string_equal(all.data[0].hash,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"
                        "b410ff61f20015ad");
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, kit_fixture_open, kit_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_generate__writes_the_folder),
        TEST(test_generate__chains_snapshots),
        TEST(test_generate__custom),
        TEST(test_generate__prefixes),
        TEST(test_generate__without_breakpoints),
        TEST(test_generate__time_only_grows),
        TEST(test_generate__asks_before_it_writes),
        TEST(test_generate__names),
        TEST(test_generate__carries_on_after_a_kill),
        TEST(test_generate__out_of_memory),
        TEST(test_generate__folder_that_cannot_be_written),
        TEST(test_export__prints_the_schema),
        TEST(test_load__is_what_vg_migrate_takes),
        TEST(test_load__hashes_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
