/* The folder's tools: check, up, drop. */
#include "kit_folder.h"
#include "kit_users.h"

// clang-format off
TABLE(posts,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(user_id, INTEGER, REFERENCES(users2, id)),
    INDEX(posts_user_idx, user_id))
SCHEMA(third, users2, posts)
// clang-format on

/* A folder of three migrations. */
static int three(void **state)
{
    if (kf_setup(state))
        return -1;
    kit_folder *f = *state;
    kf_generate(f, &first, "one");
    kf_generate(f, &second, "two");
    kf_generate(f, &third, "three");
    return 0;
}

/* ---- check ---- */

/* Proves: K014. */
static void test_check__finds_nothing_in_a_sound_folder(void **state)
{
    kit_folder *f = *state;
    kf_sound(f);
    kf_put(f, "meta/_0009_other.json", "no JSON at all");
    kf_put(f, "README.md", "not ours");
    kf_sound(f);
}

static void test_check__takes_a_folder_that_is_not_there(void **state)
{
    kit_folder *f = *state;
    rmdir(f->path);
    kf_sound(f);
}

static void test_check__reports_a_journal_that_cannot_be_read(void **state)
{
    kit_folder *f = *state;
    kf_replace(f, "meta/_journal.json", "\"idx\": 1", "\"idx\": -1");
    kf_finds(f, "error meta/_journal.json:13: entry 1: idx is no whole number");
    kf_put(f, "meta/_journal.json", "{\n\"version\": \"7\",\n<<<<<<< HEAD\n");
    kf_finds(f, "error meta/_journal.json:3: git left a conflict here");
}

static void test_check__reports_the_order_of_entries(void **state)
{
    kit_folder *f = *state;
    kf_replace(f, "meta/_journal.json", "\"idx\": 2", "\"idx\": 1");
    kf_replace(f, "meta/_journal.json", "\"when\": 1700000002000", "\"when\": 5");
    kf_finds(f, "error meta/_journal.json:15: 0001_two is not later than 0000_one");
    kf_finds(f, "warning meta/_journal.json:20: idx of 0002_three is 1, after 1");
}

static void test_check__reports_files_that_are_missing_or_extra(void **state)
{
    kit_folder *f = *state;
    kf_put(f, "0007_left.sql", "select 1");
    kf_put(f, "0007_left.down.sql", "select 1");
    kf_finds(f, "warning 0007_left.sql:0: the journal does not name it");
    kf_finds(f, "warning 0007_left.down.sql:0: the journal does not name it");
    unlink(kf_path(f, "0001_two.sql"));
    kf_finds(f,
             "error 0001_two.sql:0: the journal names it (line 16), but there is no");
}

/* Proves: K014. */
static void test_check__reports_two_snapshots_of_one_parent(void **state)
{
    kit_folder *f = *state;
    char *text = kf_get(f, "meta/0001_snapshot.json");
    kf_put(f, "meta/0003_snapshot.json", text);
    free(text);
    kf_finds(f, "error meta/0003_snapshot.json:0: 0001_snapshot.json and "
                "0003_snapshot.json have one parent, which is a collision");
    kf_finds(f, "warning meta/0003_snapshot.json:0: no migration in the journal has");
}

static void test_check__warns_of_a_chain_that_is_broken(void **state)
{
    kit_folder *f = *state;
    unlink(kf_path(f, "meta/0001_snapshot.json"));
    kf_finds(f, "warning meta/0001_snapshot.json:0: 0001_two has no snapshot\n");
    kf_finds(f, "warning meta/0002_snapshot.json:0: its prevId ");
    unlink(kf_path(f, "meta/0002_snapshot.json"));
    kf_finds(
        f, "0002_three has no snapshot; what it does to the schema is generated again");
    assert_null(strstr(kf_findings(f), "error"));
}

/* Proves: K014. */
static void test_check__reports_malformed_and_old_snapshots(void **state)
{
    kit_folder *f = *state;
    kf_replace(f, "meta/0000_snapshot.json", "\"6\"", "\"5\"");
    kf_finds(f,
             "error meta/0000_snapshot.json:0: version 5 is not the latest (6); run");
    kf_replace(f, "meta/0001_snapshot.json", "\"6\"", "\"9\"");
    kf_finds(f, "error meta/0001_snapshot.json:0: version 9 is newer than this virga");
    kf_replace(f, "meta/0002_snapshot.json", "\"isUnique\"", "\"unique\"");
    kf_finds(f, "error meta/0002_snapshot.json:0: malformed");
}

/* ---- the SQL is run ---- */

static void test_check__reports_sql_that_fails(void **state)
{
    kit_folder *f = *state;
    kf_put(f, "0001_two.sql", "-- adds\nselect 1;\nalter table nobody add x;");
    kf_finds(f, "error 0001_two.sql:3: ");
    kf_finds(f, "no such table: nobody");
    kf_put(f, "0001_two.sql", "select 1;\nselect 'never closed");
    kf_finds(f, "error 0001_two.sql:2: ");
}

static void test_check__warns_where_sql_needs_more_than_sqlite_has(void **state)
{
    kit_folder *f = *state;
    kf_put(f, "0001_two.sql", "select of_the_program(1);");
    kf_finds(f, "warning 0001_two.sql:1: no such function: of_the_program");
}

/* ---- up ---- */

/* Proves: K016. */
static void test_up__rewrites_old_snapshots(void **state)
{
    kit_folder *f = *state;
    vg_kit_texts written;
    check_kit(f, vg_kit_up(f->kit, &written));
    assert_int_equal(written.len, 0);
    char *before = kf_get(f, "meta/0001_snapshot.json");
    kf_replace(f, "meta/0001_snapshot.json", "\"6\"", "\"5\"");
    kf_replace(f, "meta/0001_snapshot.json", "\"views\": {},", "");
    check_kit(f, vg_kit_up(f->kit, &written));
    assert_int_equal(written.len, 1);
    assert_string_equal(written.data[0], kf_path(f, "meta/0001_snapshot.json"));
    char *after = kf_get(f, "meta/0001_snapshot.json");
    assert_string_equal(after, before);
    free(before);
    free(after);
    kf_sound(f);
    kf_put(f, "meta/0001_snapshot.json", "{");
    assert_int_equal(vg_kit_up(f->kit, &written), VG_INVALID);
}

/* ---- drop ---- */

/* Proves: K017. */
static void test_drop__takes_out_the_last(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    kf_put(f, "0002_three.down.sql", "drop table posts;");
    check_kit(f, vg_kit_drop(f->kit, NULL, NULL, &did));
    assert_int_equal(did.removed.len, 3);
    assert_string_equal(did.removed.data[0], kf_path(f, "0002_three.sql"));
    assert_int_equal(did.notes.len, 1);
    assert_non_null(strstr(did.notes.data[0], "no database was asked"));
    assert_false(kf_exists(f, "0002_three.sql"));
    assert_false(kf_exists(f, "0002_three.down.sql"));
    assert_false(kf_exists(f, "meta/0002_snapshot.json"));
    kf_sound(f);
    kf_generate(f, &third, "again");
    assert_true(kf_exists(f, "0002_again.sql"));
    kf_sound(f);
}

static void test_drop__takes_out_any(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    check_kit(f, vg_kit_drop(f->kit, "0001_two", NULL, &did));
    assert_int_equal(did.notes.len, 2);
    assert_false(kf_exists(f, "0001_two.sql"));
    assert_true(kf_exists(f, "0002_three.sql"));
    assert_int_equal(vg_kit_drop(f->kit, "0001_two", NULL, &did), VG_NOT_FOUND);
    assert_string_equal(strstr(vg_kit_error(f->kit), "the last is"),
                        "the last is 0002_three");
}

static void test_drop__refuses_what_a_database_has(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    vg_migrations all;
    vg_db *db = NULL;
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(db, vg_open(&db, ":memory:", NULL));
    check_ok(db, vg_migrate(db, &all, &(vg_migrate_options){.to = "0001_two"}));
    assert_int_equal(vg_kit_drop(f->kit, "0001_two", db, &did), VG_INVALID);
    assert_non_null(strstr(vg_kit_error(f->kit), "has 0001_two applied: roll it back"));
    check_kit(f, vg_kit_drop(f->kit, NULL, db, &did));
    assert_int_equal(did.notes.len, 0);
    vg_close(db);
    kf_sound(f);
}

int main(void)
{
#define TEST(name)  cmocka_unit_test_setup_teardown(test_##name, three, kf_teardown)
#define EMPTY(name) cmocka_unit_test_setup_teardown(test_##name, kf_setup, kf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(check__finds_nothing_in_a_sound_folder),
        EMPTY(check__takes_a_folder_that_is_not_there),
        TEST(check__reports_a_journal_that_cannot_be_read),
        TEST(check__reports_the_order_of_entries),
        TEST(check__reports_files_that_are_missing_or_extra),
        TEST(check__reports_two_snapshots_of_one_parent),
        TEST(check__warns_of_a_chain_that_is_broken),
        TEST(check__reports_malformed_and_old_snapshots),
        TEST(check__reports_sql_that_fails),
        TEST(check__warns_where_sql_needs_more_than_sqlite_has),
        TEST(up__rewrites_old_snapshots),
        TEST(drop__takes_out_the_last),
        TEST(drop__takes_out_any),
        TEST(drop__refuses_what_a_database_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
