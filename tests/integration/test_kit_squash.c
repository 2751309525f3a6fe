/* `squash`: fewer migrations, the same database. */
#include "kit/applied.h"
#include "kit_folder.h"
#include "kit_users.h"
#include <virga/tx.h>

// clang-format off
TABLE(posts,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(user_id, INTEGER, REFERENCES(users2, id)),
    INDEX(posts_user_idx, user_id))
SCHEMA(third, users2, posts)

TABLE(users4,
    NAME("users"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
TABLE(posts4,
    NAME("posts"),
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(user_id, INTEGER, REFERENCES(users4, id)),
    COLUMN(text,    TEXT),
    INDEX(posts_user_idx, user_id))
SCHEMA(fourth, users4, posts4)
// clang-format on

static int four(void **state)
{
    if (kf_setup(state))
        return -1;
    kit_folder *f = *state;
    kf_generate(f, &first, "one");
    kf_generate(f, &second, "two");
    kf_generate(f, &third, "three");
    kf_generate(f, &fourth, "four");
    return 0;
}

static void custom(kit_folder *f, const char *name, const char *sql, const char *down)
{
    vg_kit_generated made;
    char path[64];
    check_kit(f, vg_kit_generate(
                     f->kit, NULL,
                     &(vg_kit_generate_options){.name = name, .custom = true}, &made));
    kf_put(f, made.path + strlen(f->path) + 1, sql);
    snprintf(path, sizeof path, "%s.down.sql", made.tag);
    if (down)
        kf_put(f, path, down);
}

/* A database that has what the folder has up to `to`. */
static vg_db *migrated(kit_folder *f, const char *to)
{
    vg_db *db = NULL;
    vg_migrations all;
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(db, vg_open(&db, ":memory:", NULL));
    check_ok(db, vg_migrate(db, &all, &(vg_migrate_options){.to = to}));
    return db;
}

static size_t pending(kit_folder *f, vg_db *db)
{
    vg_migrations all;
    size_t count;
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(db, vg_migrate(db, &all, &(vg_migrate_options){.count = &count}));
    return count;
}

static void print_of(vg_db *db, char out[VG_FINGERPRINT_ROOM])
{
    check_ok(db, vg_fingerprint(db, NULL, out));
}

static vg_kit_changed squash(kit_folder *f, const char *from, vg_db *db)
{
    vg_kit_changed did;
    check_kit(f, vg_kit_squash(f->kit, &(vg_kit_squash_options){.from = from, .db = db},
                               &did));
    return did;
}

static void test_squash__generates_all_as_one(void **state)
{
    kit_folder *f = *state;
    const char *sql;
    vg_db *db = migrated(f, NULL);
    char before[VG_FINGERPRINT_ROOM], after[VG_FINGERPRINT_ROOM];
    print_of(db, before);
    vg_close(db);
    vg_kit_changed did = squash(f, NULL, NULL);
    assert_string_equal(did.tag, "0003_squashed");
    char *text = kf_get(f, "0003_squashed.sql");
    check_kit(f, vg_kit_export(f->kit, &fourth, &sql));
    assert_null(strstr(text, "age"));
    assert_int_equal(strncmp(text, sql, 20), 0);
    free(text);
    assert_false(kf_exists(f, "0000_one.sql"));
    assert_false(kf_exists(f, "0000_one.down.sql"));
    assert_false(kf_exists(f, "0003_four.sql"));
    assert_false(kf_exists(f, "meta/0000_snapshot.json"));
    assert_true(kf_exists(f, "0003_squashed.down.sql"));
    kf_sound(f);
    db = migrated(f, NULL);
    print_of(db, after);
    assert_string_equal(after, before);
    vg_close(db);
    vg_kit_generated made;
    check_kit(f, vg_kit_generate(f->kit, &fourth, NULL, &made));
    assert_false(made.changed);
}

/* Where rows could be lost, what a person or the generator wrote stays as it is. */
static void test_squash__keeps_what_is_lost_or_written_by_hand(void **state)
{
    kit_folder *f = *state;
    custom(f, "seed", "insert into users values (1, 'a');", "delete from users;");
    char *four_sql = kf_get(f, "0003_four.sql");
    vg_db *db = migrated(f, "0000_one");
    check_ok(db, vg_script(db, "insert into users values (7, 'kept')"));
    squash(f, "0001", NULL);
    char *text = kf_get(f, "0004_squashed.sql");
    assert_non_null(strstr(text, "ADD `age`"));
    assert_non_null(strstr(text, four_sql));
    assert_non_null(strstr(text, "--> statement-breakpoint\ninsert into users"));
    free(text);
    free(four_sql);
    kf_sound(f);
    assert_int_equal(pending(f, db), 1);
    check_rows(db, "select id, name from users order by id", "1|a;7|kept");
    vg_close(db);
}

static void test_squash__of_a_database_that_has_them_all(void **state)
{
    kit_folder *f = *state;
    vg_db *db = migrated(f, NULL), *later = migrated(f, NULL);
    squash(f, "0001_two", db);
    assert_int_equal(pending(f, db), 0);
    check_rows(db, "select count(*) from __drizzle_migrations", "2");
    vg_migration_status_list status;
    vg_migrations all;
    vg_arena arena = {0};
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(db, vg_migration_status(db, &arena, &all, NULL, &status));
    assert_int_equal(status.applied, 2);
    assert_int_equal(status.missing, 0);
    vg_arena_free(&arena);
    size_t count;
    check_kit(f, vg_kit_adopt(f->kit, db, &count));
    assert_int_equal(count, 0);
    check_kit(f, vg_kit_adopt(f->kit, later, &count));
    assert_int_equal(count, 1);
    assert_int_equal(pending(f, later), 0);
    vg_close(db);
    vg_close(later);
}

static int replace_all(vg_kit *kit, void *args)
{
    vg_db *db = args;
    vg_applied_list rows;
    vgk_records_of none = {0}, one = {&(vgk_record_of){"x", 1, "h"}, 1};
    bool stale = false;
    int rc = vgk_applied(kit, db, &rows);
    if (rc == VG_OK)
        rc = vg_script(db, "delete from __drizzle_migrations where created_at = 7");
    if (rc == VG_OK)
        rc = vgk_replace_rows(kit, db, &rows, &none, &one, &stale);
    assert_true(stale);
    return rc;
}

/* Somebody else was faster. */
static void test_squash__of_a_table_that_changes(void **state)
{
    kit_folder *f = *state;
    vg_db *db = migrated(f, NULL);
    check_ok(db, vg_script(db, "insert into __drizzle_migrations (hash, created_at) "
                               "values ('x', 7)"));
    check_kit(f, vgk_enter(f->kit, replace_all, db));
    check_rows(db, "select count(*) from __drizzle_migrations where hash = 'h'", "0");
    vg_close(db);
}

static void test_squash__refuses_a_database_that_has_a_part(void **state)
{
    kit_folder *f = *state;
    vg_db *db = migrated(f, "0002_three");
    vg_kit_changed did;
    assert_int_equal(
        vg_kit_squash(f->kit, &(vg_kit_squash_options){.from = "0001", .db = db}, &did),
        VG_INVALID);
    assert_non_null(strstr(vg_kit_error(f->kit), "2 of the 3 migrations applied"));
    assert_true(kf_exists(f, "0001_two.sql"));
    kf_sound(f);
    squash(f, "0001", NULL);
    size_t count;
    assert_int_equal(vg_kit_adopt(f->kit, db, &count), VG_INVALID);
    assert_non_null(
        strstr(vg_kit_error(f->kit), "has 0001_two, 0002_three, but not all"));
    vg_close(db);
}

/* What was squashed twice stands for the first ones, too. */
static void test_squash__twice(void **state)
{
    kit_folder *f = *state;
    vg_db *old = migrated(f, NULL);
    squash(f, "0002", NULL);
    vg_db *between = migrated(f, NULL);
    vg_kit_changed did;
    assert_int_equal(vg_kit_squash(f->kit, NULL, &did), VG_INVALID);
    assert_non_null(strstr(vg_kit_error(f->kit), "choose another name"));
    check_kit(f, vg_kit_squash(f->kit, &(vg_kit_squash_options){.name = "all"}, &did));
    assert_string_equal(did.tag, "0003_all");
    kf_sound(f);
    size_t count;
    check_kit(f, vg_kit_adopt(f->kit, old, &count));
    assert_int_equal(count, 1);
    check_kit(f, vg_kit_adopt(f->kit, between, &count));
    assert_int_equal(count, 1);
    check_rows(old, "select count(*) from __drizzle_migrations", "1");
    assert_int_equal(pending(f, old), 0);
    assert_int_equal(pending(f, between), 0);
    vg_close(old);
    vg_close(between);
}

static void test_squash__says_what_it_cannot_do(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    assert_int_equal(
        vg_kit_squash(f->kit, &(vg_kit_squash_options){.from = "0003"}, &did),
        VG_INVALID);
    assert_non_null(
        strstr(vg_kit_error(f->kit), "no two migrations to squash from 0003"));
    assert_int_equal(
        vg_kit_squash(f->kit, &(vg_kit_squash_options){.from = "0007"}, &did),
        VG_NOT_FOUND);
    assert_int_equal(
        vg_kit_squash(f->kit, &(vg_kit_squash_options){.name = "../x"}, &did),
        VG_INVALID);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_squash__##name, four, kf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(generates_all_as_one),
        TEST(keeps_what_is_lost_or_written_by_hand),
        TEST(of_a_database_that_has_them_all),
        TEST(of_a_table_that_changes),
        TEST(refuses_a_database_that_has_a_part),
        TEST(twice),
        TEST(says_what_it_cannot_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
